/// `edgeplex controller` and `edgeplex vpn`: the controller as a program, and a client of its API.
///
/// `vpn` knows of the controller only what the API says; it would work from another machine.
@NullMarked
package org.edgeplex.controller.cli;

import org.jspecify.annotations.NullMarked;
