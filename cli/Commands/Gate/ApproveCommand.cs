using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Evidence.Signing;
using Gateway.Gait.Approvals;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Commands.Gate;

/// <summary>
/// <c>gateway approve</c>: one person's approval of one intent under one policy, for once. Signed with the approver's own key.
/// </summary>
internal sealed class ApproveCommand : LeafCommand
{
    private const string Producer = "gateway";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly Option<string> _intent = new("--intent-digest")
    {
        Description = "What gate eval said of the intent.",
        HelpName = "digest",
        Required = true,
    };
    private readonly Option<string> _policy = new("--policy-digest")
    {
        Description = "What gate eval said of the policy.",
        HelpName = "digest",
        Required = true,
    };
    private readonly Option<TimeSpan?> _ttl = DurationOption.Create("--ttl", "How long it can be used, such as 15m; at most 7d.");
    private readonly Option<string> _scope = new("--scope")
    {
        Description = "What is approved, with commas between: tool:NAME, phase:apply, destructive:apply.",
        HelpName = "list",
        Required = true,
    };
    private readonly Option<string> _approver = new("--approver")
    {
        Description = "Who approves.",
        HelpName = "name",
        Required = true,
    };
    private readonly Option<string> _reason = new("--reason-code")
    {
        Description = "Why.",
        HelpName = "code",
        Required = true,
    };
    private readonly Option<int> _targets = new("--max-targets")
    {
        Description = "The most targets that the intent may have; 0 for any number.",
    };
    private readonly Option<int> _ops = new("--max-ops") { Description = "The most steps that the intent may have; 0 for any number." };
    private readonly Option<string> _out = new("--out")
    {
        Description = $"The token to write; {ArtifactPaths.Folder}/approval_<id>.json where it isn't given.",
        HelpName = "file",
    };
    private readonly Option<string[]> _others = new("--not-key")
    {
        Description = "A public key that decisions are signed with: the approver's must be another one.",
        HelpName = "file",
    };
    private readonly SigningKeyOptions _keys = new();

    public ApproveCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "approve",
            "Approve one intent, for once.",
            "gateway approve --intent-digest 4b53… --policy-digest 07a5… --ttl 15m --scope tool:tool.write --approver ada "
                + "--reason-code reviewed --private-key ada_private.key"
        )
    {
        _ttl.Required = true;
        foreach (
            var option in new Option[] { _intent, _policy, _ttl, _scope, _approver, _reason, _targets, _ops, _out, _others }.Concat(
                _keys.Signing
            )
        )
        {
            Add(option);
        }
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key =
            _keys.ReadSigning(parsed, Configuration, mayMake: false).Key
            ?? throw new InvalidInputException(
                "No private key is named: an approval is worth what its approver's key is.",
                "Name its file with --private-key."
            );
        if ((parsed.GetValue(_others) ?? []).Any(file => SigningKeyText.ReadPublicFile(file).Equals(key.PublicKey)))
        {
            throw new InvalidInputException(
                "That key signs decisions: whoever decides could approve.",
                "Make one for the approver: gateway keys init --out-dir keys --prefix ada"
            );
        }

        var token = Read(parsed, TimeProvider.System.GetUtcNow());
        var path = parsed.GetValue(_out) ?? Path.Combine(ArtifactPaths.Folder, $"approval_{token.Id}.json");
        if (File.Exists(path))
        {
            throw new InvalidInputException($"There is a file '{path}' already.", "Name another one with --out.");
        }

        ArtifactFile.Write(path, token.Sign(key, Producer), secret: true);
        return Task.FromResult(Show(token, path, key));
    }

    private static CommandResult Show(NewApproval token, string path, Ed25519PrivateKey key)
    {
        var expires = new GoTime(token.ExpiresAt.UtcDateTime).ToString();
        return CommandResult.Ok(
            new()
            {
                ["token_id"] = token.Id,
                ["token_path"] = path,
                ["expires_at"] = expires,
                ["reason_code"] = token.ReasonCode,
                ["scope"] = token.Scope.ToJson(),
                ["key_id"] = key.PublicKey.KeyId,
                ["single_use"] = true,
            },
            $"token_id={token.Id}",
            $"token_path={path}",
            $"expires_at={expires}"
        );
    }

    private NewApproval Read(ParseResult parsed, DateTimeOffset now)
    {
        var ttl =
            parsed.GetValue(_ttl) is { } given && given > TimeSpan.Zero && given <= Longest
                ? given
                : throw new InvalidInputException("An approval lasts from 1 minute to 7 days.", "Write --ttl 15m.");
        string[] scope =
        [
            .. parsed
                .GetRequiredValue(_scope)
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(one => one.ToLowerInvariant())
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
        return new NewApproval
        {
            CreatedAt = now,
            ExpiresAt = now + ttl,
            Approver = Text(parsed, _approver),
            ReasonCode = Text(parsed, _reason),
            Intent = Digest(parsed, _intent),
            Policy = Digest(parsed, _policy),
            Scope = scope.Length > 0 ? scope : throw new InvalidInputException("Nothing is approved.", "Write --scope tool:NAME."),
            MaxTargets = Limit(parsed, _targets),
            MaxOps = Limit(parsed, _ops),
        };
    }

    private static string Text(ParseResult parsed, Option<string> option) =>
        parsed.GetRequiredValue(option).Trim() is { Length: > 0 } text
            ? text
            : throw new InvalidInputException($"{option.Name} is empty.", "Say who approves and why.");

    private static int Limit(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is >= 0 and var limit
            ? limit
            : throw new InvalidInputException($"{option.Name} is under zero.", "Write 0 for any number.");

    private static Sha256Digest Digest(ParseResult parsed, Option<string> option) =>
        Sha256Digest.TryParse(parsed.GetRequiredValue(option), out var digest)
            ? digest
            : throw new InvalidInputException(
                $"{option.Name} is no digest.",
                "Copy it from 'gateway gate eval --json': 64 hexadecimal digits."
            );
}
