using System.Data.Common;
using System.Globalization;
using Dapper;
using Gateway.Connectors.Contracts;
using Npgsql;

namespace Gateway.Connectors.Stores;

/// <summary>
/// Transactions in one database of PostgreSQL, each in one schema and within its time. A transaction says by itself whose it is, so that no
/// connection remembers a tenant, and a pooler may stand between.
/// </summary>
internal sealed class PostgresTransactions(PostgresOptions options) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _pool = PostgresSource.Pool(options);

    /// <value>Whoever holds a connection for a lock needs another to work with: most are left for that, or all would wait for ever.</value>
    private readonly SemaphoreSlim _holds = new(Math.Max(1, options.MostConnections / 4));

    /// <summary>Does work within its time; what is thrown undoes it.</summary>
    /// <param name="opening">One row, asked for together with the beginning; none where there is nothing.</param>
    /// <param name="values">Of the opening, a property for each name.</param>
    /// <exception cref="DurableStoreException">Whatever went wrong.</exception>
    public async Task<T> RunAsync<T>(
        PostgresSchema schema,
        string opening,
        TimeSpan bound,
        Func<TenantSession, SchemaVersion?, Task<T>> workAsync,
        CancellationToken cancellationToken,
        object? values = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(bound);
        try
        {
            await using var begun = await BeginAsync(schema, opening, values, bound, deadline.Token);
            if (begun.Found is { IsStandby: true })
            {
                throw new StoreSchemaException("is on a standby, which may not know the last changes: name the primary");
            }

            var result = await workAsync(begun.Session, begun.Found);
            await begun.Transaction.CommitAsync(deadline.Token);
            return result;
        }
        catch (Exception e) when (e is not DurableStoreException && !cancellationToken.IsCancellationRequested)
        {
            throw Explain(schema, e, bound);
        }
    }

    /// <summary>Begins a transaction that lasts until it is disposed of, and writes nothing: for a lock.</summary>
    /// <exception cref="DurableStoreException">Whatever went wrong.</exception>
    public async Task<IAsyncDisposable> HoldAsync(
        PostgresSchema schema,
        string opening,
        TimeSpan bound,
        Func<TenantSession, Task> lockAsync,
        CancellationToken cancellationToken
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(bound);
        try
        {
            await _holds.WaitAsync(deadline.Token);
            try
            {
                return await HoldAsync(await BeginAsync(schema, opening, values: null, bound, deadline.Token), lockAsync);
            }
            catch
            {
                _holds.Release();
                throw;
            }
        }
        catch (Exception e) when (e is not DurableStoreException && !cancellationToken.IsCancellationRequested)
        {
            throw Explain(schema, e, bound);
        }
    }

    private async Task<Held> HoldAsync(Begun begun, Func<TenantSession, Task> lockAsync)
    {
        try
        {
            await lockAsync(begun.Session);
            await begun.Session.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout TO 0");
            return new Held(begun, _holds);
        }
        catch
        {
            await begun.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _holds.Dispose();
        return _pool.DisposeAsync();
    }

    /// <summary>
    /// A connection that lay in the pool while the server was restarted says so only when it is used: then all of them go, and another is
    /// made. Nothing has been asked of the server before that.
    /// </summary>
    private async Task<Begun> BeginAsync(
        PostgresSchema schema,
        string opening,
        object? values,
        TimeSpan bound,
        CancellationToken cancellationToken
    )
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var connection = await _pool.OpenConnectionAsync(cancellationToken);
            try
            {
                return await BeginAsync(connection, schema, opening, values, bound, cancellationToken);
            }
            catch (NpgsqlException e) when (isFirst && IsLost(e) && !cancellationToken.IsCancellationRequested)
            {
                await connection.DisposeAsync();
                _pool.Clear();
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task<Begun> BeginAsync(
        NpgsqlConnection connection,
        PostgresSchema schema,
        string opening,
        object? values,
        TimeSpan bound,
        CancellationToken cancellationToken
    )
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken); // Goes with the first command.
        var milliseconds = (long)bound.TotalMilliseconds;
        var begin = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SET LOCAL search_path TO {schema.Quoted}, pg_temp;
            SET LOCAL statement_timeout TO {milliseconds};
            SET LOCAL idle_in_transaction_session_timeout TO {milliseconds};
            {opening}
            """
        );
        var seconds = (int)Math.Ceiling(bound.TotalSeconds);
        var found = await connection.QuerySingleOrDefaultAsync<SchemaVersion>(
            new CommandDefinition(begin, values, transaction, commandTimeout: seconds, cancellationToken: cancellationToken)
        );
        return new Begun(connection, transaction, new TenantSession(schema.Tenant, transaction, cancellationToken, seconds), found);
    }

    private static bool IsLost(NpgsqlException e) =>
        e.InnerException is IOException
        || e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown };

    /// <summary>The store's outer wall: everything that goes wrong inside is one exception, with the place and a remedy.</summary>
    private DurableStoreException Explain(PostgresSchema schema, Exception e, TimeSpan bound) =>
        e switch
        {
            StoreSchemaException => new($"The store schema {schema.Quoted} at {options.Place} {e.Message}.", e),
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => new(
                $"The store schema {schema.Quoted} at {options.Place} lacks its tables: let this Gateway prepare the store.",
                e
            ),
            PostgresException refused => new($"PostgreSQL at {options.Place} refused ({refused.SqlState}): {refused.MessageText}", e)
            {
                IsFull = refused.SqlState == PostgresErrorCodes.DiskFull,
            },
            OperationCanceledException or TimeoutException or NpgsqlException { InnerException: TimeoutException } => new(
                $"PostgreSQL at {options.Place} did not answer within {bound.TotalMilliseconds:F0} ms.",
                e
            ),
            NpgsqlException => new($"PostgreSQL at {options.Place} can't be reached: {e.InnerException?.Message ?? e.Message}", e),
            _ => new($"PostgreSQL at {options.Place} can't be used ({e.GetType().Name}): {Remedy(e)}", e),
        };

    private string Remedy(Exception e) =>
        e is IOException or UnauthorizedAccessException
            ? $"check the path and rights of '{options.PasswordFile}' and of the files for TLS."
            : "a row isn't as Gateway writes it; put the store back from a copy.";

    private sealed record Begun(NpgsqlConnection Connection, DbTransaction Transaction, TenantSession Session, SchemaVersion? Found)
        : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Transaction.DisposeAsync();
            await Connection.DisposeAsync();
        }
    }

    private sealed class Held(Begun begun, SemaphoreSlim holds) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await begun.DisposeAsync();
            holds.Release();
        }
    }
}
