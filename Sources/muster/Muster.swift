import ArgumentParser
import ServiceLifecycle
@main struct Muster: ParsableCommand { func run() {} }
