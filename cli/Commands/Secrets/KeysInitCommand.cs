using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Vaults;

namespace Gateway.Cli.Commands.Secrets;

/// <summary>
/// <c>gateway keys init</c>: fresh keys, as lines of an environment file; with a folder, as files to mount and the lines that name them.
/// Touches no instance.
/// </summary>
internal sealed class KeysInitCommand : LeafCommand
{
    private readonly Option<string> _folder = new("--dir")
    {
        Description = "Write each key into a file in this folder, for its owner only, and print the settings that name the files.",
        HelpName = "folder",
    };

    private readonly Option<string> _signing = new("--out-dir")
    {
        Description = "Make a pair of keys that packs, traces and tokens are signed with, in this folder, and nothing else.",
        HelpName = "folder",
        DefaultValueFactory = _ => SigningKeyFiles.DefaultFolder!,
    };

    private readonly Option<string> _prefix = new("--prefix")
    {
        Description = "What the names of the pair's files begin with.",
        DefaultValueFactory = _ => "gait",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Write over a pair that is there." };

    public KeysInitCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "init",
            "Make fresh keys and print them as lines for an environment file.",
            "(umask 077; gateway keys init > gateway.env)"
        ) => AddAll();

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_folder) is null && parsed.GetValue(_signing) is { } signing)
        {
            return SigningKeyFiles.Make(signing, parsed.GetRequiredValue(_prefix), parsed.GetValue(_force)).ToResult();
        }

        var lines = KeyGenerator.Generate().Select(key => (Name: key.Setting, Value: key.Value.Reveal())).ToList();
        if (parsed.GetValue(_folder) is { } folder)
        {
            lines = await WriteAsync(Path.GetFullPath(folder), lines, cancellationToken);
        }

        var settings = new JsonObject(lines.Select(line => KeyValuePair.Create(line.Name, (JsonNode?)line.Value)));
        return CommandResult.Ok(new() { ["settings"] = settings }, [.. lines.Select(line => $"{line.Name}={line.Value}")]);
    }

    private void AddAll()
    {
        Add(_folder);
        Add(_signing);
        Add(_prefix);
        Add(_force);
    }

    /// <summary>Never over a key that is there: what is sealed under it would be lost.</summary>
    private static async Task<List<(string Name, string Value)>> WriteAsync(
        string folder,
        IReadOnlyList<(string Name, string Value)> keys,
        CancellationToken cancellationToken
    )
    {
        var named = keys.Select(key => (key.Name, key.Value, File: Path.Combine(folder, key.Name.ToLowerInvariant() + ".key"))).ToList();
        if (named.FirstOrDefault(key => Path.Exists(key.File)).File is { } there)
        {
            throw new InvalidInputException(
                $"There is a key in '{there}' already.",
                "Name another folder; to rotate, put the new key in front of the old one."
            );
        }

        Create(folder);
        foreach (var (_, value, file) in named)
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using var stream = new FileStream(file, options);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(value + "\n"), cancellationToken);
        }

        return [.. named.Select(key => (key.Name + "_FILE", key.File))];
    }

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
