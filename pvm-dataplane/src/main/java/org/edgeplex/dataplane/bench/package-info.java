/// `edgeplex bench forward`: the packet path beside C that does the same work.
///
/// Both run in one process, on one thread and CPU, one port and pool, in turns of some ten
/// milliseconds of the thread's CPU time: a loaded machine slows both. Who runs first in a turn
/// finds colder caches, so both orders are taken and the figure is the geometric mean of the two
/// medians; before each timed slice an untimed one warms up, and the two walk the stream of keys
/// half a period apart. The C ([Twin]) is compiled when the bench runs. No part of the packet path.
@NullMarked
package org.edgeplex.dataplane.bench;

import org.jspecify.annotations.NullMarked;
