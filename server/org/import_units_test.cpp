#include "org/import_units.h"
