using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Signing;
using Gateway.Gait.Approvals;

namespace Gateway.Cli.Gating;

/// <summary>The options that show approvals and delegations, and name the keys that must have signed them.</summary>
internal sealed class GateTokenOptions
{
    private const int MaxKey = 4096;
    private const int MaxToken = 1024 * 1024;
    private const int MaxTokens = 64;

    private readonly Option<string> _approval = new("--approval-token")
    {
        Description = "A person's approval of exactly this.",
        HelpName = "file",
    };
    private readonly Option<string> _approvals = new("--approval-token-chain")
    {
        Description = "More approvals, with commas between.",
        HelpName = "files",
    };
    private readonly Option<string[]> _approvalKeys = new("--approval-public-key")
    {
        Description = "Who may approve; may be given again.",
        HelpName = "file",
    };
    private readonly Option<string> _approvalKeyEnv = new("--approval-public-key-env")
    {
        Description = "The environment variable that holds such a key.",
        HelpName = "name",
    };
    private readonly Option<string> _delegation = new("--delegation-token")
    {
        Description = "A hand-over to the one who asks.",
        HelpName = "file",
    };
    private readonly Option<string> _delegations = new("--delegation-token-chain")
    {
        Description = "More hand-overs, with commas between.",
        HelpName = "files",
    };
    private readonly Option<string[]> _delegationKeys = new("--delegation-public-key")
    {
        Description = "Who may sign hand-overs; may be given again.",
        HelpName = "file",
    };
    private readonly Option<string> _delegationKeyEnv = new("--delegation-public-key-env")
    {
        Description = "The environment variable that holds such a key.",
        HelpName = "name",
    };
    private readonly Option<string> _scripts = new("--approved-script-registry")
    {
        Description = "Approved scripts. They open nothing; a registry that isn't whole blocks.",
        HelpName = "file",
    };
    private readonly Option<string[]> _scriptKeys = new("--approved-script-public-key")
    {
        Description = "Who signs the registry.",
        HelpName = "file",
    };

    public IEnumerable<Option> All =>
        [
            _approval,
            _approvals,
            _approvalKeys,
            _approvalKeyEnv,
            _delegation,
            _delegations,
            _delegationKeys,
            _delegationKeyEnv,
            _scripts,
            _scriptKeys,
        ];

    /// <exception cref="InvalidInputException">A file can't be read, or there are tokens and no key: another key never stands
    /// in.</exception>
    /// <exception cref="GateBlockedException">The registry of approved scripts isn't whole.</exception>
    public GateTokens Read(ParseResult parsed, CommandConfiguration configuration)
    {
        CheckScripts(parsed);
        var approvals = Tokens(parsed.GetValue(_approval), parsed.GetValue(_approvals));
        var delegations = Tokens(parsed.GetValue(_delegation), parsed.GetValue(_delegations));
        return new GateTokens(
            approvals,
            Keys(parsed, configuration, _approvalKeys, _approvalKeyEnv, approvals.Count > 0),
            delegations,
            Keys(parsed, configuration, _delegationKeys, _delegationKeyEnv, delegations.Count > 0)
        );
    }

    private void CheckScripts(ParseResult parsed)
    {
        if (parsed.GetValue(_scripts) is not { } file)
        {
            return;
        }

        var keys = parsed.GetValue(_scriptKeys) is { Length: > 0 } files
            ? files
            : throw new InvalidInputException("The registry of approved scripts needs a key.", "Give --approved-script-public-key FILE.");
        var problem = File.Exists(file)
            ? ApprovedScripts.Problem(ArtifactFile.Read(file, MaxToken), Key(ArtifactFile.Read(keys[0], MaxKey), _scriptKeys.Name))
            : "there is no such file";
        if (problem is not null)
        {
            throw new GateBlockedException(
                "approved_script_registry_unavailable",
                $"The registry '{file}' can't be trusted: {problem}.",
                "Name one that is whole, or none."
            );
        }
    }

    private static List<byte[]> Tokens(string? one, string? more)
    {
        string[] files =
        [
            .. one is null ? [] : new[] { one },
            .. (more ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        ];
        return files.Length <= MaxTokens
            ? [.. files.Select(file => ArtifactFile.Read(file, MaxToken))]
            : throw new InvalidInputException($"There are more than {MaxTokens} tokens.", "Give those that count.");
    }

    private static List<Ed25519PublicKey> Keys(
        ParseResult parsed,
        CommandConfiguration configuration,
        Option<string[]> files,
        Option<string> variable,
        bool needed
    )
    {
        List<Ed25519PublicKey> keys = [.. (parsed.GetValue(files) ?? []).Select(file => Key(ArtifactFile.Read(file, MaxKey), files.Name))];
        if (parsed.GetValue(variable) is { } name)
        {
            keys.Add(
                Key(
                    System.Text.Encoding.UTF8.GetBytes(
                        configuration.Find(name)
                            ?? throw new InvalidInputException($"The environment variable '{name}' isn't set.", "Set it, or name a file.")
                    ),
                    variable.Name
                )
            );
        }

        return keys.Count > 0 || !needed
            ? keys
            : throw new InvalidInputException("There are tokens, and no key to check them with.", $"Give {files.Name} FILE.");
    }

    private static Ed25519PublicKey Key(byte[] text, string option) =>
        Ed25519PublicKey.TryParse(System.Text.Encoding.ASCII.GetString(text), out var key)
            ? key
            : throw new InvalidInputException(
                $"What {option} names isn't the base64 of an Ed25519 public key.",
                "Make a pair with 'gateway keys init --out-dir DIR'."
            );
}
