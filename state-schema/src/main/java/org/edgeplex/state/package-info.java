/// The store that outlives every process: its interface, its vocabulary and the catalogue of
/// tables.
///
/// [org.edgeplex.state.StateStore] is what an engine implements; one contract suite holds for all
/// engines. Programs use the typed client of `org.edgeplex.state.client` instead.
///
/// What it is not: no transactions over several keys (RAMCloud has none that are cheap), no watches
/// (RAMCloud has none at all), no SQL. One object per unit of atomicity; changes are polled.
@NullMarked
package org.edgeplex.state;

import org.jspecify.annotations.NullMarked;
