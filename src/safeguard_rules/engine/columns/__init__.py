"""A caseload by columns: Arrow in, one code per rule and case out (the extra `arrow`)."""
