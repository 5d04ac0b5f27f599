using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Compiles each tenant's documents for themselves and brings them into force, those that changed and no others, the fewest first. One
/// whose documents take too long is gone on with beside the others. Of one thread.
/// </summary>
public sealed partial class TenantTurns(
    FirstGovernance first,
    GovernanceState state,
    TenantPreparation prepareAsync,
    TenantRejection rejectAsync,
    TimeProvider time,
    ILogger<TenantTurns> logger
)
{
    /// <value>A hundred thousand agents take less.</value>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Id<Tenant>, Turn> _turns = first.Seen.ToDictionary(
        one => one.Tenant,
        one => new Turn { Taken = one, IsDue = false }
    );

    /// <value>How often a tenant's documents were compiled since the start.</value>
    internal int CompilationsOf(Id<Tenant> tenant) => _turns.GetValueOrDefault(tenant)?.Compilations ?? 0;

    /// <summary>Whether something is left that must be tried again, though nothing changes.</summary>
    internal bool IsDue => _turns.Values.Any(turn => turn.IsDue);

    internal async Task TakeAsync(DividedGovernance divided, CancellationToken cancellationToken)
    {
        foreach (var documents in divided.Tenants.OrderBy(tenant => tenant.Count))
        {
            if (!_turns.TryGetValue(documents.Tenant, out var turn))
            {
                _turns[documents.Tenant] = turn = new Turn();
            }

            try
            {
                await TakeAsync(turn, documents, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A tenant that couldn't be made ready, or put on record: tried again at the next look.
                GovernanceError error = new(new SourcePosition("", 0, 0), "", "The documents can't be brought into force.", e.Message);
                await RejectAsync(turn, documents, [error], cancellationToken);
                Log.Unusable(logger, documents.Tenant, e);
            }
        }

        var there = divided.Tenants.Select(tenant => tenant.Tenant).ToHashSet();
        foreach (var tenant in _turns.Keys.Where(tenant => !there.Contains(tenant)).ToList())
        {
            _turns.Remove(tenant);
            state.Remove(tenant);
            Log.Removed(logger, tenant);
        }
    }

    private async Task TakeAsync(Turn turn, TenantDocuments documents, CancellationToken cancellationToken)
    {
        if (turn.Compiling is null)
        {
            if (!turn.IsDue && documents.IsSameAs(turn.Taken))
            {
                return;
            }

            if (turn.Compiled is null || !documents.IsSameAs(turn.Taken))
            {
                var before = state.Find(documents.Tenant)?.InForce;
                turn.Begin(documents, () => GovernanceCompiler.Compile(documents, before));
            }
        }
        else if (!turn.Compiling.IsCompleted)
        {
            return; // Nobody waits for it a second time.
        }

        if (turn.Compiling is { } compiling)
        {
            turn.Compiled = await compiling.WaitAsync(LongestTurn, time, cancellationToken);
            turn.Compiling = null;
        }

        await ApplyAsync(turn, turn.Compiled!, cancellationToken);
        turn.IsDue = !documents.IsSameAs(turn.Taken);
    }

    private async Task ApplyAsync(Turn turn, Validated<CompiledGovernance> result, CancellationToken cancellationToken)
    {
        var (documents, tenant) = (turn.Taken!, turn.Taken!.Tenant);
        if (result.Value is not { } governance)
        {
            await RejectAsync(turn, documents, result.Errors, cancellationToken);
            foreach (var error in result.Errors)
            {
                Log.Rejected(logger, tenant, error);
            }

            return;
        }

        var compiled = new CompiledTenant(tenant, governance, state.Find(tenant)?.InForce);
        if (!governance.SaysTheSame(compiled.Before))
        {
            await prepareAsync(compiled, cancellationToken);
        }

        if (state.Accept(compiled))
        {
            Log.Accepted(logger, governance.Snapshot.Revision, tenant);
        }
    }

    /// <summary>Said on record once for what is wrong, however often it is tried again.</summary>
    private async Task RejectAsync(
        Turn turn,
        TenantDocuments documents,
        IReadOnlyList<GovernanceError> errors,
        CancellationToken cancellationToken
    )
    {
        state.Reject(documents.Tenant, errors);
        if (turn.Rejected is not null && turn.Rejected.SequenceEqual(errors))
        {
            return;
        }

        turn.Rejected = errors;
        var inForce = state.Find(documents.Tenant)?.InForce;
        await rejectAsync(new RejectedTenant(documents.Tenant, documents, inForce, errors), cancellationToken);
    }

    private sealed class Turn
    {
        public TenantDocuments? Taken { get; set; }
        public Task<Validated<CompiledGovernance>>? Compiling { get; set; }
        public Validated<CompiledGovernance>? Compiled { get; set; }
        public IReadOnlyList<GovernanceError>? Rejected { get; set; }
        public bool IsDue { get; set; } = true;
        public int Compilations { get; private set; }

        public void Begin(TenantDocuments documents, Func<Validated<CompiledGovernance>> compile)
        {
            (Taken, Compiled, Rejected, IsDue) = (documents, null, null, true);
            Compilations++;
            Compiling = Task.Run(compile);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Governance {Revision} of tenant {Tenant} is in force")]
        public static partial void Accepted(ILogger logger, Sha256Digest revision, Id<Tenant> tenant);

        [LoggerMessage(1002, LogLevel.Error, "The governance of tenant {Tenant} was not reloaded, its old one stays in force: {Error}")]
        public static partial void Rejected(ILogger logger, Id<Tenant> tenant, GovernanceError error);

        [LoggerMessage(1004, LogLevel.Error, "The governance of tenant {Tenant} can't be brought into force, its old one stays")]
        public static partial void Unusable(ILogger logger, Id<Tenant> tenant, Exception exception);

        [LoggerMessage(1005, LogLevel.Warning, "There are no documents of tenant {Tenant} any more: it is refused")]
        public static partial void Removed(ILogger logger, Id<Tenant> tenant);
    }
}
