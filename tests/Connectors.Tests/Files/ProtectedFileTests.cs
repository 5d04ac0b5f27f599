using System.Globalization;
using System.Text;
using Gateway.Connectors.Files;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Files;

public sealed class ProtectedFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryCreate_ByManyAtOnce_SucceedsForOne_AndItsContentStays()
    {
        const int Makers = 4;
        using var together = new Barrier(Makers);
        for (var round = 0; round < 300; round++)
        {
            var file = _folder.File(round.ToString(CultureInfo.InvariantCulture));
            var made = new bool[Makers];
            var makers = Enumerable
                .Range(0, Makers)
                .Select(i => new Thread(() =>
                {
                    together.SignalAndWait();
                    made[i] = ProtectedFile.TryCreate(file, Encoding.ASCII.GetBytes($"{i}"));
                }))
                .ToArray();
            Array.ForEach(makers, maker => maker.Start());
            Array.ForEach(makers, maker => maker.Join());

            Assert.Equal($"{Array.IndexOf(made, true)}", File.ReadAllText(file));
            Assert.Single(made, true);
        }

        Assert.Equal(300, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public void TryCreate_WhereSomethingIs_LeavesIt()
    {
        File.WriteAllText(_folder.File("a"), "first");

        Assert.False(ProtectedFile.TryCreate(_folder.File("a"), "second"u8));

        Assert.Equal("first", File.ReadAllText(_folder.File("a")));
    }

    [Fact]
    public void TryCreate_WhereNothingCanBe_SaysSo_AndLeavesNothing()
    {
        Directory.CreateSymbolicLink(_folder.File("nowhere"), _folder.File("not there"));

        Assert.ThrowsAny<IOException>(() => ProtectedFile.TryCreate(_folder.File("nowhere/a"), "x"u8));
        Assert.False(ProtectedFile.TryCreate(_folder.File("nowhere"), "x"u8)); // A name that leads nowhere is taken too.

        Assert.Equal([_folder.File("nowhere")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Replace_PutsTheNewInThePlaceOfTheOld_ForItsOwnerOnly()
    {
        File.WriteAllText(_folder.File("a"), "first");

        ProtectedFile.Replace(_folder.File("a"), "second"u8);

        Assert.Equal("second", File.ReadAllText(_folder.File("a")));
        Assert.True(
            OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.File("a")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }
}
