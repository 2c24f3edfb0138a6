import Settings
import Testing
