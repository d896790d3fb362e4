/// Tests of the netns compute host.
@NullMarked
package org.edgeplex.controller.compute.netns;

import org.jspecify.annotations.NullMarked;
