using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Brokers;

/// <summary>The options that name a credential broker.</summary>
internal sealed class BrokerOptions
{
    private static readonly Dictionary<string, BrokerKind> Kinds = new(StringComparer.Ordinal)
    {
        ["off"] = BrokerKind.None,
        ["stub"] = BrokerKind.Stub,
        ["env"] = BrokerKind.Env,
        ["command"] = BrokerKind.Command,
    };

    private readonly Option<string> _kind = new("--credential-broker")
    {
        Description = "Where credentials come from that rules ask for: off, stub (a name without a credential), env or command.",
        HelpName = string.Join('|', Kinds.Keys),
        DefaultValueFactory = _ => "off",
    };
    private readonly Option<string> _prefix = new("--credential-env-prefix")
    {
        Description = "What the variables of the env broker begin with.",
        HelpName = "prefix",
        DefaultValueFactory = _ => "GAIT_BROKER_TOKEN_",
    };
    private readonly Option<string> _reference = new("--credential-ref")
    {
        Description = "What to ask for where the rules name nothing.",
        HelpName = "name",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _scopes = new("--credential-scopes")
    {
        Description = "The scopes to ask for where the rules name none, with commas between.",
        HelpName = "list",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _command = new("--credential-command")
    {
        Description = $"The program of the command broker, in full and listed in {BrokerCommand.AllowedSetting}.",
        HelpName = "file",
    };
    private readonly Option<string> _arguments = new("--credential-command-args")
    {
        Description = "Its arguments, with commas between.",
        HelpName = "list",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> _evidence = new("--credential-evidence-out")
    {
        Description = "The record of the credential; gait-out/credential_evidence_<trace>.json where it isn't given.",
        HelpName = "file",
    };

    public BrokerOptions() => _kind.AcceptOnlyFromAmong([.. Kinds.Keys]);

    public IEnumerable<Option> All => [_kind, _prefix, _reference, _scopes, _command, _arguments, _evidence];

    /// <exception cref="InvalidInputException">The command broker's program isn't named, or may not be asked.</exception>
    public CredentialBroker Read(ParseResult parsed, CommandConfiguration configuration)
    {
        var kind = Kinds[parsed.GetRequiredValue(_kind)];
        return new CredentialBroker(kind, configuration)
        {
            Prefix = parsed.GetRequiredValue(_prefix),
            Reference = parsed.GetRequiredValue(_reference),
            Scopes = List(parsed.GetRequiredValue(_scopes)),
            Command = kind == BrokerKind.Command ? ReadCommand(parsed, configuration) : null,
            Evidence = parsed.GetValue(_evidence),
        };
    }

    private BrokerCommand ReadCommand(ParseResult parsed, CommandConfiguration configuration)
    {
        var path =
            parsed.GetValue(_command)
            ?? throw new InvalidInputException("The command broker's program isn't named.", "Name it with --credential-command.");

        // By its whole path: a name alone would be looked for where others may put a program.
        return
            Path.IsPathFullyQualified(path)
            && List(configuration.Find(BrokerCommand.AllowedSetting) ?? "").Contains(path, StringComparer.Ordinal)
            ? new BrokerCommand(path, List(parsed.GetRequiredValue(_arguments)))
            : throw new InvalidInputException(
                $"'{path}' isn't among the programs that may be asked for credentials.",
                $"Put its whole path into the environment variable {BrokerCommand.AllowedSetting}."
            );
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
