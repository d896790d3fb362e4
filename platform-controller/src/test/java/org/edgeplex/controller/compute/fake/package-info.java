/// Tests of the fake compute host.
@NullMarked
package org.edgeplex.controller.compute.fake;

import org.jspecify.annotations.NullMarked;
