using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Regress;

namespace Gateway.Cli.Regression;

/// <summary>The options by which fixtures are run.</summary>
internal sealed class ReportOptions
{
    private const string FileName = "regress_result.json";

    private readonly Option<string> _output = new("--output")
    {
        Description = $"The report to write; {FileName}, and a copy beside the packs where there are any, where it isn't given.",
        HelpName = "file",
    };
    private readonly Option<string> _junit = new("--junit") { Description = "The same for continuous integration.", HelpName = "file" };
    private readonly Option<bool> _context = new("--context-conformance") { Description = "Grade the context of every fixture." };
    private readonly Option<bool> _drift = new("--allow-context-runtime-drift")
    {
        Description = "Let context differ in when and how it was fetched.",
    };

    public void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_junit);
        command.Add(_context);
        command.Add(_drift);
    }

    public CommandResult Run(ParseResult parsed, FixtureFolder folder, string? policy, string? candidate)
    {
        var (config, fixtures) = folder.Read(policy, candidate);
        var report = RegressReport.Grade(config.FixtureSet, fixtures, parsed.GetValue(_context), parsed.GetValue(_drift));

        // Beside the packs, bundles of evidence and signals look for it.
        string[] outputs =
            parsed.GetValue(_output) is { } output ? [output]
            : Directory.Exists(ArtifactPaths.Folder) ? [FileName, Path.Combine(ArtifactPaths.Folder, FileName)]
            : [FileName];
        return RegressRunner.Run(folder, report, outputs, parsed.GetValue(_junit));
    }
}
