/// The LMDB engine against the contract, killed processes, full and damaged stores.
@NullMarked
package org.edgeplex.state.lmdb;

import org.jspecify.annotations.NullMarked;
