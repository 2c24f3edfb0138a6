import ArgumentParser

/// `muster model`: model files, and what the local engine makes of them.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Look into GGUF models and run them in this process.",
        subcommands: [
            ModelPullCommand.self, ModelInspectCommand.self, ModelTokenizeCommand.self, ModelLogitsCommand.self,
            ModelEmbedCommand.self,
            ModelTraceCommand.self,
            ModelGenerateCommand.self, ModelPerplexityCommand.self, ModelBenchCommand.self, ModelOffloadCommand.self,
            ModelServeCommand.self,
        ])
}
