using Dapper;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Testing;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Tests.Stores;

public sealed class SqliteStoreTests : DurableStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string AcmesFile => _directory.File("store/acme.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Prepare_MakesOneFileATenant()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);

        Assert.Equal(["acme.db", "other.db"], Directory.GetFiles(_directory.File("store"), "*.db").Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Find_OfATenantThatIsNotThere_DoesAsMuchAsOfAKeyThatIsNotThere()
    {
        var store = ((SqlStore)Store).Databases;
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        var before = store.Transactions;

        Assert.Null(await Store.FindCredentialAsync(Id<Tenant>.Parse("acme"), "b", CancellationToken.None));
        Assert.Equal(before + 1, store.Transactions);
        foreach (var id in new[] { "a", "b" })
        {
            before = store.Transactions;
            Assert.Null(await Store.FindCredentialAsync(Id<Tenant>.Parse("nobody"), id, CancellationToken.None));
            Assert.Equal(before + 1, store.Transactions);
        }
    }

    [Fact]
    public async Task Tenants_AreThoseWithAFile_AndNoneWithoutAFolder()
    {
        File.WriteAllText(_directory.File("store/Not A Tenant.db"), "");
        using var other = new TemporaryDirectory();

        Assert.Equal([Acme, Other], await Store.TenantsAsync(CancellationToken.None));
        Assert.Empty(await new SqliteStore(other.File("store")).TenantsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Write_KeepsTheJournalThatIsSynced()
    {
        using var connection = Raw(AcmesFile);

        Assert.Equal("wal", connection.ExecuteScalar<string>("PRAGMA journal_mode"));
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        Assert.Equal(1, connection.ExecuteScalar<long>("SELECT COUNT(*) FROM changes"));
    }

    [Fact]
    public async Task Files_TheLogToo_AreForTheirOwnerOnly()
    {
        using var connection = Raw(AcmesFile);
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM changes");

        var files = Directory.GetFiles(_directory.File("store"), "acme.db*");
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.Equal(Mode(f) & (UnixFileMode.UserRead | UnixFileMode.UserWrite), Mode(f)));
    }

    [Fact]
    public async Task Write_WhileAnotherProcessWrites_WaitsAndThenRefuses()
    {
        await using var impatient = new SqliteStore(_directory.File("store"), TimeSpan.FromSeconds(1));
        using var connection = Raw(AcmesFile);
        using (connection.BeginTransaction())
        {
            await Assert.ThrowsAsync<DurableStoreException>(() => impatient.AddCredentialAsync(Credential("a"), CancellationToken.None));
            Assert.Null(await impatient.FindCredentialAsync(Acme, "a", CancellationToken.None));
        }

        await impatient.AddCredentialAsync(Credential("a"), CancellationToken.None);
        Assert.Equal(1, (await Store.ChangesAfterAsync(Acme, 0, 10, CancellationToken.None)).Single().Sequence);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    public async Task File_Damaged_Refuses(int offset)
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        using (var stream = File.OpenWrite(AcmesFile))
        {
            stream.Position = offset;
            stream.Write(Enumerable.Repeat((byte)0xA5, 3 * 4096).ToArray());
        }

        await Assert.ThrowsAsync<DurableStoreException>(() => Open().PrepareAsync([Acme], CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
    }

    [Fact]
    public async Task File_GoneAfterPrepare_IsNotMadeAnew()
    {
        File.Delete(AcmesFile);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.PrepareAsync([Acme], CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.RevokeCredentialAsync(Acme, "a", At, CancellationToken.None));
        Assert.False(File.Exists(AcmesFile));
    }

    [Fact]
    public async Task File_OfAnotherTenant_Refuses()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        File.Copy(AcmesFile, _directory.File("store/other.db"), overwrite: true);

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Other, "a", CancellationToken.None));
        await Assert.ThrowsAsync<DurableStoreException>(() => Open().PrepareAsync([Other], CancellationToken.None));
    }

    [Fact]
    public async Task File_FromBeforeThereWasAnOldestVersion_IsUpgradedWithWhatIsInIt()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        await AdministerAsync(
            Acme,
            "DROP TABLE broken_glass; DROP TABLE kills; DROP TABLE operators; DROP TABLE operator_keys; DROP TABLE notices; "
                + "DROP TABLE notices_made; DROP TABLE approvals; DROP TABLE logs; "
                + "DROP INDEX credentials_of_agent; ALTER TABLE credentials DROP COLUMN name; "
                + "ALTER TABLE credentials DROP COLUMN agent_uid; ALTER TABLE schema_version DROP COLUMN oldest; "
                + "UPDATE schema_version SET version = 4"
        );
        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));

        await Store.PrepareAsync([Acme], CancellationToken.None);

        Assert.NotNull(await Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
    }

    [Fact]
    public void NextChange_OfFiles_NeverEnds() => Assert.False(Store.NextChange().IsCompleted);

    [Fact]
    public async Task File_EmptyAndNeverPrepared_Refuses()
    {
        File.WriteAllText(_directory.File("store/third.db"), "");

        await Assert.ThrowsAsync<DurableStoreException>(() =>
            Store.FindCredentialAsync(Id<Tenant>.Parse("third"), "a", CancellationToken.None)
        );
    }

    [Fact]
    public async Task Folder_ThatCanNotBeMade_Refuses()
    {
        File.WriteAllText(_directory.File("file"), "");

        await Assert.ThrowsAsync<DurableStoreException>(() =>
            new SqliteStore(_directory.File("file")).PrepareAsync([Acme], CancellationToken.None)
        );
        if (OperatingSystem.IsLinux())
        {
            // No file can be made there, not even by root.
            await Assert.ThrowsAsync<DurableStoreException>(() =>
                new SqliteStore("/proc/self").PrepareAsync([Acme], CancellationToken.None)
            );
        }
    }

    [Fact]
    public async Task Row_ThatGatewayDidNotWrite_Refuses()
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        using (var connection = Raw(AcmesFile))
        {
            connection.Execute("UPDATE credentials SET agent = 'NOT A NAME'");
        }

        await Assert.ThrowsAsync<DurableStoreException>(() => Store.FindCredentialAsync(Acme, "a", CancellationToken.None));
    }

    [Theory]
    [InlineData("DELETE FROM changes")]
    [InlineData("UPDATE changes SET subject = 'b'")]
    public async Task Changes_CanNotBeTakenBack(string sql)
    {
        await Store.AddCredentialAsync(Credential("a"), CancellationToken.None);
        using var connection = Raw(AcmesFile);

        Assert.Throws<SqliteException>(() => connection.Execute(sql));
    }

    protected override IDurableStore Open() => new SqliteStore(_directory.File("store"));

    protected override Task AdministerAsync(Id<Tenant> tenant, string sql)
    {
        using var connection = Raw(_directory.File($"store/{tenant}.db"));
        return connection.ExecuteAsync(sql);
    }

    protected override Task BreakAsync()
    {
        foreach (var file in Directory.GetFiles(_directory.File("store"), "acme.db*"))
        {
            File.Delete(file);
        }

        Directory.CreateDirectory(AcmesFile);
        return Task.CompletedTask;
    }

    private static UnixFileMode Mode(string file) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);

    private static SqliteConnection Raw(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
