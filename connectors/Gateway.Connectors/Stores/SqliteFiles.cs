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
internal sealed class SqliteFiles
{
    // SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: the write-ahead log's index couldn't be made.
    private const int Full = 13;
    private const int NoRoomForTheIndex = 4874;

    private readonly string _folder;
    private readonly int _busySeconds;
    private long _transactions;

    static SqliteFiles() => SQLitePCL.Batteries_V2.Init();

    /// <param name="busyWait">How long a call waits for another's write; whole seconds, from 1.</param>
    public SqliteFiles(string folder, TimeSpan busyWait)
    {
        _folder = Path.GetFullPath(folder);

        // Never 0: the client takes that for waiting without end.
        _busySeconds = Math.Max(1, (int)busyWait.TotalSeconds);
    }

    /// <value>That were begun.</value>
    public long Transactions => Interlocked.Read(ref _transactions);

    public IReadOnlyList<Id<Tenant>> Tenants() => TenantNames.OfFiles(_folder, ".db");

    public bool Exists(Id<Tenant> tenant) => Path.Exists(FileOf(tenant));

    /// <summary>Creates the file where it isn't there, checks it, and brings its schema to the newest version.</summary>
    /// <exception cref="DurableStoreException">It can't be used.</exception>
    public void Prepare(Id<Tenant> tenant) =>
        Guard(
            tenant,
            () =>
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

                SqliteSchema.Upgrade(connection, tenant.ToString());
                return true;
            }
        );

    /// <summary>Reads or writes in one transaction; what is thrown undoes it.</summary>
    /// <exception cref="DurableStoreException">Whatever went wrong.</exception>
    public T Run<T>(Id<Tenant> tenant, bool write, Func<SqliteConnection, T> work) =>
        Guard(
            tenant,
            () =>
            {
                using var connection = Connect(tenant);
                Interlocked.Increment(ref _transactions);
                using var transaction = connection.BeginTransaction(deferred: !write);
                SqliteSchema.Check(connection, tenant.ToString());
                var result = work(connection);
                transaction.Commit();
                return result;
            }
        );

    /// <summary>The right to put the tenant's changes on record, until it is disposed of.</summary>
    /// <exception cref="DurableStoreException">Another process holds it for too long, or the folder can't be written.</exception>
    public async Task<IDisposable> LockRecordingAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
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
    private T Guard<T>(Id<Tenant> tenant, Func<T> work)
    {
        if (tenant.IsEmpty)
        {
            throw new DurableStoreException("The store was asked for no tenant.");
        }

        try
        {
            return work();
        }
        catch (SqliteFileException e)
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
        catch (Exception e)
        {
            throw new DurableStoreException(
                $"The store file '{FileOf(tenant)}' can't be used ({e.GetType().Name}): let this process write there.",
                e
            );
        }
    }

    private string FileOf(Id<Tenant> tenant) => Path.Combine(_folder, $"{tenant}.db");
}
