using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Formatting;
using Gateway.Cli.Gating;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Policies;

/// <summary>
/// <c>gateway policy fmt</c>: gives documents and rule files their one layout. Their meaning, and so their revision, stays.
/// </summary>
internal sealed class PolicyFmtCommand : LeafCommand
{
    private readonly Argument<string> _path = PathArgument.Create("PATH", "A file, or the folder of the documents.", required: true);

    private readonly Option<bool> _check = new("--check") { Description = "Write nothing; end with 2 where a file isn't formatted." };

    private readonly Option<bool> _diff = new("--diff") { Description = "Write nothing; show what would change." };

    private readonly Option<bool> _write = new("--write")
    {
        Description = "Write, which it does anyway unless --check or --diff is given.",
    };

    public PolicyFmtCommand(CommandConfiguration configuration)
        : base(configuration, "fmt", "Format documents and rule files.", "gateway policy fmt governance --check")
    {
        Add(_path);
        Add(_check);
        Add(_diff);
        Add(_write);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (check, diff) = (parsed.GetValue(_check), parsed.GetValue(_diff));
        if (check && parsed.GetValue(_write))
        {
            throw new InvalidInputException("--check writes nothing.", "Give --check or --write.");
        }

        var files = FormattedFiles.Read(parsed.GetRequiredValue(_path));
        var write = parsed.GetValue(_write) || !(check || diff);
        foreach (var file in write ? files.Where(file => file.IsChanged) : [])
        {
            file.Write();
        }

        var result = Result(files, write, check, diff);
        if (
            files is [{ After: { } text } only]
            && File.Exists(parsed.GetRequiredValue(_path))
            && GatePolicy.TryRead(only.Path, text) is { } rules
        )
        {
            AddRules(result.Data, only, rules);
        }

        return Task.FromResult(result);
    }

    /// <summary>Of one rule file, what Gait answers too.</summary>
    private static void AddRules(JsonObject data, FormattedFile file, GatePolicy rules)
    {
        data["path"] = file.Path;
        data["formatted"] = file.After;
        foreach (var (name, value) in rules.Describe())
        {
            data[name] = value?.DeepClone();
        }
    }

    private static CommandResult Result(IReadOnlyList<FormattedFile> files, bool written, bool check, bool diff)
    {
        var changed = files.Where(file => file.IsChanged).ToList();
        CommandError[] refused = [.. files.SelectMany(file => file.Errors)];
        var unformatted = check
            ? changed.Select(file => new CommandError($"'{file.Path}' isn't formatted.", "Run 'gateway policy fmt' on it."))
            : [];
        return new CommandResult
        {
            Exit =
                refused.Length > 0 ? ExitCode.InvalidInput
                : check && changed.Count > 0 ? ExitCode.VerificationFailed
                : ExitCode.Ok,
            Data = new()
            {
                ["changed"] = changed.Count > 0,
                ["written"] = written && changed.Count > 0,
                ["files"] = new JsonArray([.. files.Select(file => file.ToJson(written, diff))]),
            },
            Lines =
            [
                .. diff
                    ? changed.SelectMany(file => UnifiedDiff.Compute(file.Path, file.Before, file.After!))
                    : changed.Where(_ => written).Select(file => file.Path),
            ],
            Errors = [.. refused, .. unformatted],
        };
    }
}
