/// Brings a topology up step by step, orders its VPNs, has it checked, and takes it down.
///
/// What it is not: it knows no daemon (`node`) and measures nothing (`check`).
@NullMarked
package org.edgeplex.lab.runner;

import org.jspecify.annotations.NullMarked;
