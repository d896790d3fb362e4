/// A cluster in memory, for simulations and tests: it does what a RAMCloud cluster does for its
/// clients, and nothing of how.
///
/// Objects, conditions, versions that never return, batches of which each object goes its own way.
/// A [Network] decides when a request arrives, how often, and whether its answer does: so writes
/// come late, twice, in another order, or after their client's death. Everything runs on one loop;
/// the same loop and the same network give the same history.
///
/// What it is not: servers, tablets, recovery, or a store to keep anything in.
@NullMarked
package org.edgeplex.state.ramcloud.model;

import org.jspecify.annotations.NullMarked;
