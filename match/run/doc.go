// Package run is the pipeline from files to a run folder, and the way back from a run folder to a verdict.
//
// [Match] reads the inputs, finds a matching, and keeps it only if match.Check accepts its certificate; [Run.Write]
// writes the folder, whole or not at all. [Check] needs nothing but the folder: every file is compared with its hash
// in the manifest, the certificate is judged, and the tables and the summary are made again from problem and
// certificate and compared. [CheckInputs] makes the problem again from the inputs as well.
//
// A run folder holds no clock time, no path and no name of a machine or of its user, so that equal inputs give equal
// bytes. How files are read is left to package roster, how matchings are found to package solve.
package run
