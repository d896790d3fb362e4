/// `edgeplex state`: what a store holds, decoded, for people and for scripts; and the whole of it
/// saved, compared and loaded.
///
/// All but `load` read only, beside the programs that run on the store. It knows no table by name:
/// keys and records are Java records, printed and parsed by their components.
@NullMarked
package org.edgeplex.state.cli;

import org.jspecify.annotations.NullMarked;
