using Dapper;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;
using Npgsql;

namespace Gateway.Connectors.Tests.Stores;

public sealed class PostgresStoreTests : DurableStoreContract
{
    private const string Wide = "gw_acme";

    private PostgresServer _server = null!;
    private string _database = "";

    public override async Task InitializeAsync()
    {
        _server = await PostgresServer.SharedAsync();
        _database = await _server.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    [Fact]
    public async Task Prepare_MakesASchemaATenant()
    {
        await using var raw = await RawAsync();

        Assert.Equal(
            ["gw_acme", "gw_other"],
            await raw.QueryAsync<string>("SELECT nspname::text FROM pg_namespace WHERE starts_with(nspname, 'gw_') ORDER BY 1")
        );
    }

    [Fact]
    public async Task Prepare_ByManyAtOnce_IsDoneOnce()
    {
        var tenant = Id<Tenant>.Parse("many");
        var stores = Enumerable.Range(0, 6).Select(_ => Open()).ToList();

        await Task.WhenAll(stores.Select(store => store.PrepareAsync([tenant], CancellationToken.None)));

        await stores[0].SetLifecycleAsync(tenant, Assistant, LifecycleStatus.Active, At, CancellationToken.None);
        foreach (var store in stores)
        {
            Assert.Equal(1, await store.LastChangeAsync(tenant, CancellationToken.None));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task RecordChanges_ByManyMoreThanThereAreConnections_PutsEachOnRecordOnce()
    {
        Id<Tenant>[] tenants = [.. Enumerable.Range(0, 8).Select(i => Id<Tenant>.Parse($"t{i}"))];
        await using var store = Open(mostConnections: 4);
        await store.PrepareAsync(tenants, CancellationToken.None);
        var recorded = 0;

        await Task.WhenAll(Enumerable.Range(0, 160).Select(i => Task.Run(() => ChangeAsync(tenants[i % tenants.Length]))));

        Assert.Equal(160, recorded);

        async Task ChangeAsync(Id<Tenant> tenant)
        {
            await store.SetLifecycleAsync(tenant, Assistant, LifecycleStatus.Active, At, CancellationToken.None);
            await store.RecordChangesAsync(tenant, CountAsync, CancellationToken.None);
        }

        Task CountAsync(ChangeNote note, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref recorded);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Prepare_InASchemaThatIsThere_NeedsNoRightToMakeOne()
    {
        await _server.ExecuteAsync($"CREATE SCHEMA gw_third AUTHORIZATION {PostgresServer.Role}", _database);
        await _server.ExecuteAsync($"REVOKE CREATE ON DATABASE {_database} FROM {PostgresServer.Role}");

        await Store.PrepareAsync([Id<Tenant>.Parse("third")], CancellationToken.None);

        var refused = await Assert.ThrowsAsync<DurableStoreException>(() =>
            Store.PrepareAsync([Id<Tenant>.Parse("fourth")], CancellationToken.None)
        );
        Assert.Contains("permission denied for database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_OfANameThatIsTooLongForASchema_Refuses()
    {
        var refused = await Assert.ThrowsAsync<DurableStoreException>(() =>
            Store.PrepareAsync([Id<Tenant>.Parse(new string('a', 61))], CancellationToken.None)
        );

        Assert.Contains("60 characters", refused.Message, StringComparison.Ordinal);
        await Store.PrepareAsync([Id<Tenant>.Parse(new string('a', 60))], CancellationToken.None);
    }

    [Fact]
    public async Task Prepare_KilledHalfWay_LeavesNothing()
    {
        var tenant = Id<Tenant>.Parse("third");
        await _server.ExecuteAsync(
            $"CREATE SCHEMA gw_third AUTHORIZATION {PostgresServer.Role}; SET ROLE {PostgresServer.Role}; "
                + "CREATE TABLE gw_third.schema_version (version BIGINT NOT NULL, tenant TEXT NOT NULL)",
            _database
        );
        await using var raw = await RawAsync();
        await using (var reading = await raw.BeginTransactionAsync())
        {
            await raw.ExecuteAsync("SELECT * FROM gw_third.schema_version", transaction: reading);
            var preparing = Store.PrepareAsync([tenant], CancellationToken.None); // All is made when its last step waits for the reader.
            const string Cut =
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = @name AND wait_event_type = 'Lock'";
            while (await raw.ExecuteScalarAsync<long>(Cut, new { name = _database }) == 0)
            {
                Assert.False(preparing.IsCompleted);
            }

            await Assert.ThrowsAsync<DurableStoreException>(() => preparing);
        }

        Assert.Equal(
            ["schema_version"],
            await raw.QueryAsync<string>("SELECT tablename::text FROM pg_tables WHERE schemaname = 'gw_third'")
        );
        await Store.PrepareAsync([tenant], CancellationToken.None);
        Assert.Equal(0, await Store.LastChangeAsync(tenant, CancellationToken.None));
    }

    [Fact]
    public async Task Find_OfATenantThatIsNotThere_DoesAsMuchAsOfAKeyThatIsNotThere()
    {
        var databases = ((SqlStore)Store).Databases;
        var before = databases.Transactions;

        Assert.Null(await Store.FindCredentialAsync(Acme, "b", CancellationToken.None));
        var ofAKey = databases.Transactions - before;
        before = databases.Transactions;
        Assert.Null(await Store.FindCredentialAsync(Id<Tenant>.Parse("nobody"), "b", CancellationToken.None));

        Assert.Equal(ofAKey, databases.Transactions - before);
    }

    [Fact]
    public async Task Change_ByAnotherProcess_IsAnnounced()
    {
        var ready = Store.NextChange();
        await ready.WaitAsync(TimeSpan.FromSeconds(30)); // That it listens is announced too.
        await using var other = Open();

        for (var i = 0; i < 20; i++)
        {
            var next = Store.NextChange();
            await other.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, CancellationToken.None);
            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task Listening_CutOff_BeginsAnew()
    {
        await Store.NextChange().WaitAsync(TimeSpan.FromSeconds(30));

        var next = Store.NextChange();
        await _server.ExecuteAsync(
            $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}' AND query LIKE 'LISTEN%'"
        );

        await next.WaitAsync(TimeSpan.FromSeconds(30)); // It may have missed something.
        next = Store.NextChange();
        await Store.SetLifecycleAsync(Acme, Assistant, LifecycleStatus.Suspended, At, CancellationToken.None);
        await next.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Connections_CutOff_AreMadeAnewWithoutAnError()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.ListCredentialsAsync(Acme, CancellationToken.None)));

        await _server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}'");

        Assert.True(await Store.RevokeCredentialAsync(Acme, "a", At, CancellationToken.None));
        Assert.NotNull(await Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
    }

    [Fact]
    public async Task Schema_GoneAfterPrepare_IsNotMadeAnew()
    {
        await _server.ExecuteAsync($"DROP SCHEMA {Wide} CASCADE", _database);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.PrepareAsync([Acme], CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.ChangesAfterAsync(Acme, 0, 1, CancellationToken.None));
    }

    [Fact]
    public async Task Schema_OfAnotherTenant_Refuses()
    {
        await _server.ExecuteAsync($"DROP SCHEMA gw_other CASCADE; ALTER SCHEMA {Wide} RENAME TO gw_other", _database);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Other, "a", CancellationToken.None));
        await using var again = Open();
        var refused = await Assert.ThrowsAsync<DurableStoreException>(() => again.PrepareAsync([Other], CancellationToken.None));
        Assert.Contains("another tenant's", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_ThatGatewayDidNotWrite_Refuses()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        await _server.ExecuteAsync($"UPDATE {Wide}.credentials SET agent = 'NOT A NAME'", _database);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
    }

    [Theory]
    [InlineData("DELETE FROM gw_acme.changes")]
    [InlineData("UPDATE gw_acme.changes SET subject = 'b'")]
    [InlineData("TRUNCATE gw_acme.changes")]
    public async Task Changes_CanNotBeTakenBack(string sql)
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => _server.ExecuteAsync(sql, _database));
        Assert.Contains("a change is final", refused.MessageText, StringComparison.Ordinal);
    }

    protected override IDurableStore Open() => Open(mostConnections: 20);

    private PostgresStore Open(int mostConnections) =>
        new(
            new PostgresOptions
            {
                ConnectionString = _server.Connection(_database),
                Password = PostgresServer.Password,
                Deadline = TimeSpan.FromSeconds(30),
                WriteDeadline = TimeSpan.FromSeconds(30),
                MostConnections = mostConnections,
            }
        );

    protected override Task BreakAsync() => _server.ExecuteAsync($"DROP DATABASE {_database} WITH (FORCE)");

    protected override Task AdministerAsync(Id<Tenant> tenant, string sql) =>
        _server.ExecuteAsync($"SET search_path TO \"gw_{tenant}\"; {sql}", _database);

    private Task<NpgsqlConnection> RawAsync() => _server.OpenAsync(_database);
}
