/// The checks of a lab: each a measurement on real packets or of what real peers report.
///
/// [org.edgeplex.lab.check.LabChecks] is the list; one class per family. Each evaluates what a tool
/// said with a pure function, which is tested on recorded outputs.
///
/// What it is not: no check repairs anything or asks a program of ours whether it is well, where a
/// peer or a packet can tell.
@NullMarked
package org.edgeplex.lab.check;

import org.jspecify.annotations.NullMarked;
