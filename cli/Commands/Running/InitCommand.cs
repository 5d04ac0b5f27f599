using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Starting;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Spectre.Console;

namespace Gateway.Cli.Commands.Running;

/// <summary>
/// <c>gateway init</c>: from nothing to the first answer. Writes the governance of one agent and one provider, takes the provider's key in,
/// makes the agent's key, and says what to tell the client. Asks for what it isn't given where a terminal is.
/// </summary>
internal sealed class InitCommand : LeafCommand
{
    private const string File = "gateway.yaml";
    private const string Address = "http://127.0.0.1:8080";

    private readonly Option<string> _provider = new("--provider") { Description = "The provider's API: openai or anthropic." };
    private readonly Option<string> _baseUrl = new("--base-url")
    {
        Description = "Where a compatible provider is, with its version: http://127.0.0.1:11434/v1. The provider's own unless it is given.",
        HelpName = "url",
    };
    private readonly Option<string[]> _models = new("--model")
    {
        Description = "A model that the agent may call, or the beginning of names and a star; all known ones unless it is given. Often.",
        HelpName = "name",
        DefaultValueFactory = _ => [],
    };
    private readonly Option<Id<Agent>> _agent = NameOptions.Of<Agent>("--agent", "The agent's name; assistant unless it is given.");
    private readonly Option<string> _owner = new("--owner")
    {
        Description = "Who answers for the agent.",
        DefaultValueFactory = _ => Environment.UserName,
    };
    private readonly Option<string> _url = new("--url")
    {
        Description = "Where clients reach Gateway.",
        DefaultValueFactory = _ => Address,
    };

    public InitCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "init",
            "Set up one agent and one model provider: the smallest that works.",
            "gateway init --provider openai < key.txt"
        )
    {
        _provider.AcceptOnlyFromAmong("openai", "anthropic");
        foreach (var option in (ReadOnlySpan<Option>)[_provider, _baseUrl, _models, _agent, _owner, _url])
        {
            Add(option);
        }
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var asks = !Console.IsInputRedirected;
        var instance = LocalInstance.Open(Configuration);
        var file = FreeFile(instance.GovernanceFolder);
        var governance = Describe(parsed, asks);
        var keys = instance.LoadKeys();
        var secret = asks
            ? new Secret(AnsiConsole.Prompt(new TextPrompt<string>($"The key for {governance.Connector}:").Secret()))
            : await SecretInput.ReadAsync(Console.OpenStandardInput(), cancellationToken);

        _ = CredentialReference.TryParse(governance.Reference, out var reference);
        var issued = LocalInstance.Make(keys, OrderOf(governance.Agent));
        await using var change = await instance.BeginChangeAsync(
            keys,
            Tenant.Default,
            GovernedChange.CredentialAdded,
            FullName,
            reason: "",
            cancellationToken
        );
        await change.Store.PrepareAsync([Tenant.Default], cancellationToken);
        await change.Vault.PutAsync(Tenant.Default, reference!, secret, cancellationToken);
        await change.Store.AddCredentialAsync(issued.Record, cancellationToken);
        await change.RecordAsync(cancellationToken);
        Directory.CreateDirectory(instance.GovernanceFolder);
        await System.IO.File.WriteAllTextAsync(file, governance.ToString(), cancellationToken);
        return Show(governance, file, issued.ShownOnce!.Reveal(), parsed.GetRequiredValue(_url).TrimEnd('/')) with
        {
            Warnings = keys.Warnings,
        };
    }

    /// <exception cref="InvalidInputException">Something governs there already.</exception>
    private static string FreeFile(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            ? throw new InvalidInputException(
                $"There is something in '{folder}' already, and nothing of it is overwritten.",
                "Name another folder with --Gateway:Governance:Path=DIR, or write the documents by hand: docs/governance.md."
            )
            : Path.Combine(folder, File);

    /// <exception cref="InvalidInputException">The provider isn't named, or what is named can't stand in a document.</exception>
    private FirstGovernance Describe(ParseResult parsed, bool asks)
    {
        var provider =
            parsed.GetValue(_provider)
            ?? (
                asks
                    ? AnsiConsole.Prompt(new SelectionPrompt<string>().Title("Which provider's API?").AddChoices("openai", "anthropic"))
                    : throw new InvalidInputException("Which provider's API it is must be said.", $"Add --provider: {Example}")
            );
        var agent = parsed.GetValue(_agent);
        var governance = new FirstGovernance(
            provider == "openai" ? ConnectorType.OpenAi : ConnectorType.Anthropic,
            agent.IsEmpty ? Id<Agent>.Parse("assistant") : agent,
            parsed.GetValue(_baseUrl),
            parsed.GetRequiredValue(_models),
            parsed.GetRequiredValue(_owner)
        );
        var compiled = SnapshotCompiler.Compile([new SourceFile(File, governance.ToString())]);
        return compiled.Errors.Count == 0
            ? governance
            : throw new InvalidInputException(string.Join('\n', compiled.Errors), "Correct the option that it came from.");
    }

    private static CredentialOrder OrderOf(Id<Agent> agent) =>
        new()
        {
            Tenant = Tenant.Default,
            Agent = agent,
            Workspace = Workspace.Default,
            Kind = CredentialKind.Bearer,
            KeyVersion = 1,
        };

    private static CommandResult Show(FirstGovernance governance, string file, string key, string url)
    {
        var variables = new JsonObject();
        foreach (var (name, value) in ClientLines.Of(governance.Type, url, key))
        {
            variables[name] = value;
        }

        return CommandResult.Ok(
            new()
            {
                ["file"] = file,
                ["agent"] = governance.Agent.ToString(),
                ["reference"] = governance.Reference,
                ["secret"] = key,
                ["environment"] = variables,
            },
            [
                $"Wrote {file}: the agent '{governance.Agent}' may call {governance.Connector}.",
                $"Stored the provider's key as {governance.Reference}.",
                "The agent's key, shown only now:",
                key,
                "",
                .. ClientLines.Explain(governance.Type, url, key),
                "",
                "Start Gateway: gateway serve",
            ]
        );
    }
}
