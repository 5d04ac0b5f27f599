using System.Data.Common;
using Dapper;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// One transaction in what is kept of one tenant. The tables' SQL is the same for every kind of store; what differs is in
/// <see cref="StoreSteps"/>, by which the tables are made.
/// </summary>
public sealed class TenantSession
{
    private readonly DbTransaction _transaction;
    private readonly CancellationToken _cancellationToken;
    private readonly int? _seconds;

    /// <param name="seconds">That one statement may take; null for what the connection says.</param>
    internal TenantSession(Id<Tenant> tenant, DbTransaction transaction, CancellationToken cancellationToken, int? seconds = null) =>
        (Tenant, _transaction, _cancellationToken, _seconds) = (tenant, transaction, cancellationToken, seconds);

    public Id<Tenant> Tenant { get; }

    /// <summary>The newest change that was appended in it, or read; null for none.</summary>
    internal ChangeMark? Newest { get; set; }

    /// <value>What the next change's number must be above, whatever is there.</value>
    internal long Above { get; set; }

    private DbConnection Connection => _transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");

    /// <param name="sql">With values by their names, <c>@id</c>.</param>
    /// <param name="values">A property for each name.</param>
    /// <returns>How many rows were written.</returns>
    public Task<int> ExecuteAsync(string sql, object? values = null) => Connection.ExecuteAsync(Command(sql, values));

    /// <summary>The one row that there is; null, or the zero value, where there is none.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<T?> FindAsync<T>(string sql, object? values = null) => Connection.QuerySingleOrDefaultAsync<T>(Command(sql, values));

    /// <summary>All rows, in the order of the query.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? values = null) =>
        [.. await Connection.QueryAsync<T>(Command(sql, values))];

    private CommandDefinition Command(string sql, object? values) =>
        new(sql, values, _transaction, _seconds, cancellationToken: _cancellationToken);
}
