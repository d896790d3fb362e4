/// The controller's configuration file: YAML, read strictly, with the line in every error.
@NullMarked
package org.edgeplex.controller.config;

import org.jspecify.annotations.NullMarked;
