/// The command line `edgeplex`: the lab's own commands, and the roof over those of the programs.
///
/// What it is not: it does no work; each command is a few lines around a class of another package.
@NullMarked
package org.edgeplex.lab.cli;

import org.jspecify.annotations.NullMarked;
