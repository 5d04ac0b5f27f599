using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>One tenant's approvals: in the store of this machine's instance, or at the operators' listener of another.</summary>
internal interface IApprovals : IAsyncDisposable
{
    /// <summary>Worth saying beside the answer.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>The newest first. What is asked may be left out: then the view is empty.</summary>
    /// <param name="all">Those that are decided too.</param>
    Task<IReadOnlyList<ApprovalRecord>> ListAsync(bool all, int most, CancellationToken cancellationToken);

    /// <exception cref="InvalidInputException">There is no such approval.</exception>
    Task<ApprovalRecord> FindAsync(string id, CancellationToken cancellationToken);

    /// <param name="view">The digest of what the person was shown.</param>
    /// <returns>How it is after the vote.</returns>
    /// <exception cref="InvalidInputException">The vote wasn't counted.</exception>
    Task<ApprovalRecord> VoteAsync(string id, bool approves, string view, string reason, CancellationToken cancellationToken);

    /// <summary>In an emergency lets it go ahead by one person alone.</summary>
    /// <param name="ticket">Where the emergency is dealt with.</param>
    /// <returns>How it is after that.</returns>
    /// <exception cref="InvalidInputException">It opens nothing.</exception>
    Task<ApprovalRecord> BreakGlassAsync(string id, string view, string reason, string ticket, CancellationToken cancellationToken);

    /// <exception cref="InvalidInputException">There is nothing that could be taken back.</exception>
    Task RevokeAsync(string id, string reason, CancellationToken cancellationToken);
}
