using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Testing;

namespace Gateway.Evidence.Tests.Log.Tiles;

public sealed class FoundTileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private long _reads;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfOneThatIsNotThere_IsNothing() => Assert.Null(FoundTile.Read(_folder.File("000"), 7));

    [Fact]
    public async Task Read_WhileTheLogGrows_AlwaysFindsOne()
    {
        // As the writer does it: the wider one first, then the one before is removed; at the end the full one, then the folder.
        for (var round = 0; round < 20; round++)
        {
            var full = TilePath.Hashes(_folder.Path, 0, round);
            Write(full, 1);
            var growing = Task.Run(() => Grow(full));
            do
            {
                Assert.True(FoundTile.Read(full, 1) is { Bytes.Length: > 0 });
                Interlocked.Increment(ref _reads);
            } while (!growing.IsCompleted);

            await growing;
            Assert.Equal(full, FoundTile.Read(full, 1)!.Value.File);
        }
    }

    private void Grow(string full)
    {
        for (var width = 2; width < TilePath.Width; width++)
        {
            Write(full, width);
            File.Delete(TilePath.Partial(full, width - 1));

            // Heads are signed once a second: a reader meets one that is new, or two, but isn't outrun by as many as it looks.
            var read = Interlocked.Read(ref _reads);
            SpinWait.SpinUntil(() => Interlocked.Read(ref _reads) > read, TimeSpan.FromSeconds(10));
        }

        AtomicFile.Write(full, new byte[TilePath.Width], synced: false, _folder.Path);
        Directory.Delete(TilePath.Partials(full), recursive: true);
    }

    private void Write(string full, int width) =>
        AtomicFile.Write(TilePath.Partial(full, width), new byte[width], synced: false, _folder.Path);
}
