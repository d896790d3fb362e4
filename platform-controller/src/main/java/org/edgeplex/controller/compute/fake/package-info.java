/// A compute host in memory, for tests and simulation. It follows the contract of the real ones.
@NullMarked
package org.edgeplex.controller.compute.fake;

import org.jspecify.annotations.NullMarked;
