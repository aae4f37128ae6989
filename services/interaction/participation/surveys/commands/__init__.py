"""Everything that changes a survey, arranged by who acts: clerks, reviewers, respondents, time."""
