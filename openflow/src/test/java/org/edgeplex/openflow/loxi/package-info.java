/// Tests of the OpenFlow adapter: against scripted switches, and against the real Open vSwitch.
@NullMarked
package org.edgeplex.openflow.loxi;

import org.jspecify.annotations.NullMarked;
