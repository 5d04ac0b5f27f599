using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Regress;

namespace Gateway.Cli.Regression;

/// <summary>The options by which a run becomes a fixture.</summary>
internal sealed class FixtureOptions
{
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Option<string> _from = RunArgument.From();
    private readonly Option<string> _name = new("--name")
    {
        Description = "The fixture's name; the run's where it isn't given.",
        HelpName = "name",
    };
    private readonly Option<string> _intents = new("--intents")
    {
        Description = "Whole requests to judge by the policy: files, or a folder of *.json, comma-separated.",
        HelpName = "paths",
    };
    private readonly Option<bool> _force = new("--force") { Description = "Record a fixture anew that is there." };

    public Option<string> Config { get; } =
        new("--config")
        {
            Description = "The list of fixtures.",
            HelpName = "file",
            DefaultValueFactory = _ => RegressConfig.FileName,
        };

    public Option<string> Policy { get; } = new("--policy") { Description = "The rule file that judges the requests.", HelpName = "file" };

    public void AddTo(Command command)
    {
        command.Add(_from);
        command.Add(_name);
        command.Add(_intents);
        command.Add(_force);
        command.Add(Config);
        command.Add(Policy);
    }

    /// <summary>Reads the run, makes the fixture and writes it.</summary>
    /// <param name="again">Whether the very same fixture may be there already.</param>
    /// <exception cref="VerificationFailedException">The run's pack isn't whole: what is broken must not become a test.</exception>
    public (NewFixture Made, FixtureFolder Folder) Make(ParseResult parsed, bool again)
    {
        var pack = RunArgument.Read(parsed.GetRequiredValue(_from), out var path);
        var name = parsed.GetValue(_name) ?? pack.RunId;
        if (!RegressConfig.IsFixtureName(name))
        {
            throw new InvalidInputException("The fixture's name must be letters, digits, '.', '_' or '-'.", "Take another --name.");
        }

        var folder = new FixtureFolder(parsed.GetRequiredValue(Config));
        var policy = parsed.GetValue(Policy);
        var requests = ArtifactPaths
            .ResolveAll(parsed.GetValue(_intents), "*.json")
            .Select(file => ArtifactFile.Read(file, MostBytes))
            .ToList();
        if (requests.Count > 0 && policy is null)
        {
            throw new InvalidInputException("--intents needs --policy.", "Name the rule file that is to judge them.");
        }

        var made = NewFixture.Create(
            pack,
            name,
            requests,
            policy is null ? null : FixtureFolder.ReadPolicy(policy),
            policy is null ? "" : Relative(folder, policy)
        );
        folder.Add(made, ArtifactFile.Read(path, PackLimits.ArchiveBytes), parsed.GetValue(_force), again);
        return (made, folder);
    }

    private static string Relative(FixtureFolder folder, string policy) =>
        Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(folder.Config))!, Path.GetFullPath(policy)).Replace('\\', '/');
}
