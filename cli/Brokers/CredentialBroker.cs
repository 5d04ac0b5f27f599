using Gateway.Cli.Settings;

namespace Gateway.Cli.Brokers;

/// <summary>Where credentials come from. Unset is none.</summary>
internal enum BrokerKind
{
    None = 0,

    /// <summary>Makes a name and no credential, to try out rules that ask for one.</summary>
    Stub,

    /// <summary>The credential lies in a variable of the environment.</summary>
    Env,

    /// <summary>A program issues it.</summary>
    Command,
}

/// <summary>Asks for the credential that rules demand beside their verdict. The credential itself never comes in here: only how it is
/// named.</summary>
internal sealed record CredentialBroker(BrokerKind Kind, CommandConfiguration Configuration)
{
    /// <summary>What the variables of <see cref="BrokerKind.Env"/> begin with.</summary>
    public string Prefix { get; init; } = "GAIT_BROKER_TOKEN_";

    /// <summary>The program of <see cref="BrokerKind.Command"/>; null for none.</summary>
    public BrokerCommand? Command { get; init; }

    /// <summary>What to ask for where the rules name nothing.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The scopes to ask for where the rules name none.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The file of the evidence; null for one beside the packs.</summary>
    public string? Evidence { get; init; }

    /// <returns>Null where the broker has none, or gave no answer.</returns>
    public async Task<BrokerCredential?> IssueAsync(BrokerRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        Kind switch
        {
            BrokerKind.None => null,
            BrokerKind.Stub => StubBroker.Issue(request, now),
            BrokerKind.Env => EnvironmentBroker.Issue(Configuration, Prefix, request, now),
            BrokerKind.Command => Command is { } command && await command.AskAsync(request, cancellationToken) is { } answer
                ? AnsweredCredential.Read(answer, now)
                : null,
        };
}
