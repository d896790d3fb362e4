/// The model engine against the contract.
@NullMarked
package org.edgeplex.state.memory;

import org.jspecify.annotations.NullMarked;
