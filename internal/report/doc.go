// Package report writes report.html: one page with the result of a matching, for the coordinator of a program. It needs
// nothing but itself, neither a network nor a server; it can be printed; and it checks itself, since the proof and the
// second judge of certificates are inside.
//
// The page decides nothing. What came out is counted from the problem and the certificate; what would help somebody was
// found by package explain, which solved the changed problem anew; whether a group was served worse comes from the audit
// in package equity. Equal inputs give equal bytes: there is no clock and no chance here.
package report
