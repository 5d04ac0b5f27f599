using Dapper;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Files;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>
/// Opens the tenants' files, <c>{folder}/{tenant}.db</c>, each with mode 0600 and a write-ahead log that is synced at every commit. A
/// connection a call: a file that was taken away or replaced is seen at once, and the calls are few.
/// </summary>
internal sealed class SqliteFiles : TenantDatabases
{
    // SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: the write-ahead log's index couldn't be made.
    private const int Full = 13;
    private const int NoRoomForTheIndex = 4874;

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly string _folder;
    private readonly int _busySeconds;

    static SqliteFiles() => SQLitePCL.Batteries_V2.Init();

    /// <param name="busyWait">How long a call waits for another's write; whole seconds, from 1.</param>
    public SqliteFiles(string folder, TimeSpan busyWait)
    {
        _folder = Path.GetFullPath(folder);

        // Never 0: the client takes that for waiting without end.
        _busySeconds = Math.Max(1, (int)busyWait.TotalSeconds);
    }

    public override Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(TenantNames.OfFiles(_folder, ".db"));

    public override Task<bool> ExistsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        Task.FromResult(Path.Exists(FileOf(tenant)));

    public override Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        GuardAsync(
            tenant,
            async () =>
            {
                OwnerOnly.CreateFolder(_folder);

                // SQLite would make the file readable for others; its log and index take the file's mode. Made beside and moved: opening
                // and closing the file itself would drop the locks that another thread's connection holds (sqlite.org/howtocorrupt.html,
                // 2.2).
                ProtectedFile.TryCreate(FileOf(tenant), []);
                using var connection = Connect(tenant);
                if (connection.ExecuteScalar<string>("PRAGMA journal_mode=WAL") != "wal")
                {
                    throw new SqliteFileException("is on a disk without shared memory, which the write-ahead log needs: use a local one");
                }

                if (connection.ExecuteScalar<string>("PRAGMA quick_check(1)") is not "ok")
                {
                    throw new SqliteFileException("is damaged: restore it from a backup");
                }

                using var transaction = connection.BeginTransaction();
                await StoreSchema.UpgradeAsync(new TenantSession(tenant, transaction, cancellationToken), step => step.Sqlite);
                transaction.Commit();
                return true;
            },
            cancellationToken
        );

    public override Task<T> RunAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    ) => RunAsync(tenant, write, History.NewestOf(tenant), workAsync, cancellationToken);

    internal override Task<T> RunPutBackAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    ) => RunAsync(tenant, write, seen: null, Unseen(workAsync), cancellationToken);

    /// <param name="seen">What must be there.</param>
    private async Task<T> RunAsync<T>(
        Id<Tenant> tenant,
        bool write,
        ChangeMark? seen,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    )
    {
        TenantSession? used = null;
        var result = await GuardAsync(
            tenant,
            async () =>
            {
                using var connection = Connect(tenant);
                CountTransaction();
                using var transaction = connection.BeginTransaction(deferred: !write);
                var session = used = new TenantSession(tenant, transaction, cancellationToken);
                StoreSchema.Check(await session.FindAsync<SchemaVersion>(StoreSchema.Query), tenant);
                History.Demand(tenant, seen, seen is null || await ChangeTable.HasAsync(session, seen));
                var done = await workAsync(session);
                transaction.Commit();
                return done;
            },
            cancellationToken
        );
        See(used!);
        return result;
    }

    public override async Task<IAsyncDisposable> LockRecordingAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        try
        {
            var file = Path.Combine(_folder, $".{tenant}.recording");
            return await TurnLock.TakeAsync(file, TimeSpan.FromSeconds(_busySeconds), cancellationToken);
        }
        catch (IOException e)
        {
            throw new DurableStoreException(e.Message, e);
        }
    }

    /// <summary>Never ends: a file says nothing by itself.</summary>
    public override Task NextChange() => Never;

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SqliteConnection Connect(Id<Tenant> tenant)
    {
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = FileOf(tenant),
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = _busySeconds,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout={_busySeconds * 1000}; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The store's outer wall: everything that goes wrong inside is one exception, with the file and a remedy.</summary>
    private async Task<T> GuardAsync<T>(Id<Tenant> tenant, Func<Task<T>> workAsync, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (tenant.IsEmpty)
        {
            throw new DurableStoreException("The store was asked for no tenant.");
        }

        try
        {
            return await workAsync();
        }
        catch (Exception e) when (e is SqliteFileException or StoreSchemaException)
        {
            throw new DurableStoreException($"The store file '{FileOf(tenant)}' {e.Message}.", e);
        }
        catch (SqliteException e)
        {
            throw new DurableStoreException(
                $"The store file '{FileOf(tenant)}' refused ({e.SqliteErrorCode}/{e.SqliteExtendedErrorCode}): {e.Message}",
                e
            )
            {
                IsFull = e.SqliteErrorCode == Full || e.SqliteExtendedErrorCode == NoRoomForTheIndex,
            };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new DurableStoreException(
                $"The store file '{FileOf(tenant)}' can't be used ({e.GetType().Name}): let this process write there.",
                e
            );
        }
    }

    private string FileOf(Id<Tenant> tenant) => Path.Combine(_folder, $"{tenant}.db");
}

/// <summary>Why a file isn't used although it could be opened. The message continues "The store file …".</summary>
internal sealed class SqliteFileException(string message) : Exception(message);
