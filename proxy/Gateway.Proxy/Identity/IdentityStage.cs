using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Identity;

/// <summary>
/// Which agent is calling, proven how, from the headers alone. One kind of proof is looked for, by what the request carries; verifiers
/// aren't tried in turn until one succeeds. Reads no body and decides no permission.
/// </summary>
public sealed class IdentityStage
{
    /// <summary>Read along the path, though it isn't sent on: which dialect a list is answered in.</summary>
    private static readonly string[] ReadHere = ["anthropic-version"];

    private readonly SignatureProfile _profile;
    private readonly SignatureVerifier _signatures;
    private readonly BearerVerifier _bearers;

    public IdentityStage(
        IdentityOptions options,
        AllowedAuthorities authorities,
        AgentDirectory directory,
        GatewayKeys keys,
        TimeProvider time
    )
    {
        _profile = new SignatureProfile(authorities, options.AllowedClockSkew, time);
        _signatures = new SignatureVerifier(directory);
        _bearers = new BearerVerifier(directory, keys.BearerPepper);
    }

    public async ValueTask<Result<VerifiedAgent>> ProveAsync(RequestEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            var reading = ParsedSignature.Read(new IncomingMessage(envelope), _profile, ReadHere);
            var proven = reading.Kind switch
            {
                SignatureReadingKind.Signed => await _signatures.VerifyAsync(reading.Signature!, cancellationToken),
                SignatureReadingKind.NotSigned => await _bearers.VerifyAsync(envelope.Http.Request.Headers, cancellationToken),
                SignatureReadingKind.Refused => reading.Refusal,
            };
            return proven.TryGet(out var agent, out _) && !agent.IsStill(envelope.Snapshot)
                ? new Refusal(ReasonCode.IdentityMismatch, Note: "the key was issued to another agent of this name, by the document's uid")
                : proven;
        }
        catch (DurableStoreException e)
        {
            return new Refusal(ReasonCode.DependencyUnavailable, Note: e.Message);
        }
    }
}

/// <summary>
/// Who is calling, and how strongly that is proven. Everything in it comes from the verified credential's record, never from the request
/// alone. That the body fits the signature and the nonce is new is still to be shown.
/// </summary>
public sealed class VerifiedAgent
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Agent { get; init; }

    /// <summary>Of the agent that the credential was issued to; null where its document had none.</summary>
    public string? Uid { get; init; }

    public required AuthStrength Strength { get; init; }

    /// <summary>The credential's public id, unique in the tenant.</summary>
    public required string CredentialId { get; init; }

    /// <summary>Null for a bearer.</summary>
    public NonceUse? Nonce { get; init; }

    /// <summary>The body's digest that was signed; null for a bearer.</summary>
    public Sha256Digest? ClaimedContent { get; init; }

    /// <summary>Null for a bearer.</summary>
    internal VerifiedSignature? Signature { get; init; }

    /// <summary>
    /// Whether the agent that the documents have of this name is the one that the credential was issued to; true where they have none,
    /// which is refused as unregistered.
    /// </summary>
    public bool IsStill(Snapshot snapshot) =>
        snapshot.Find(Tenant)?.Agents.GetValueOrDefault(Agent) is not { } dossier
        || string.Equals(dossier.Agent.Uid, Uid, StringComparison.Ordinal);

    /// <summary>
    /// The same agent for a request that Gateway makes for it in the course of one that it proved: without the proof's nonce, which is the
    /// other request's to spend, and without its digest and coverage, which are of other bytes.
    /// </summary>
    internal VerifiedAgent InCourse() =>
        new()
        {
            Tenant = Tenant,
            Workspace = Workspace,
            Agent = Agent,
            Uid = Uid,
            Strength = Strength,
            CredentialId = CredentialId,
        };

    /// <summary>Whether a header that goes on is what the agent signed; a bearer signs nothing. The name in lower case.</summary>
    public bool Vouches(string header) => Signature?.Covers(header) ?? true;
}

/// <summary>What the durable store says about an agent, beyond its document.</summary>
/// <param name="Status">Null where it says nothing.</param>
/// <param name="Level">The level that it was demoted to; null for no demotion.</param>
public readonly record struct AgentStanding(LifecycleStatus? Status, AtfLevel? Level)
{
    /// <summary>The stricter of both in each part. A status that lets nobody act stays as it is.</summary>
    internal AgentStanding With(AgentStanding other) =>
        new(
            Status is null or LifecycleStatus.Active ? other.Status ?? Status : Status,
            Level is { } mine && other.Level is { } theirs ? (mine < theirs ? mine : theirs) : Level ?? other.Level
        );
}
