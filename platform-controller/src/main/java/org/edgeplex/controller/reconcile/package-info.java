/// Makes what is into what shall be.
///
/// Level-triggered: each pass looks at everything (intents, records, processes, leases, the
/// switch), a pure planner says what is next, a thin executor does it. A step may be done twice and
/// the controller may die at any line: the next pass starts from what it finds. Nothing is
/// remembered that matters, except how long something has been waited for.
///
/// Not here: what an intent may be (`.intent`), how a process is started (`.compute`), what a flow
/// looks like (`org.edgeplex.openflow`).
@NullMarked
package org.edgeplex.controller.reconcile;

import org.jspecify.annotations.NullMarked;
