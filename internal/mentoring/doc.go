// Package mentoring says what things are, and what is true of them whoever asks: for now, who may see and do what. It is
// pure: no clock, no database, no network, nothing of ours. Whatever it needs to know is handed in.
//
// Permission is the table in permissions.md, which physicians are asked to read. It is part of the program and read when
// the program starts; [May] looks things up in it and decides nothing by itself. Who has no cell in it sees nothing.
package mentoring
