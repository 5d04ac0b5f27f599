using Gateway.Cli.Artifacts;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Artifacts;

public sealed class ArtifactFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ASecret_DoesNotGoThroughALinkThatLayInWait()
    {
        var (key, elsewhere) = (_folder.File("gait_private.key"), _folder.File("elsewhere"));
        File.CreateSymbolicLink($"{key}.{Environment.ProcessId}.tmp", elsewhere);

        ArtifactFile.Write(key, "secret"u8, secret: true);

        Assert.False(File.Exists(elsewhere));
        Assert.Null(new FileInfo(key).LinkTarget);
        Assert.Equal("secret", File.ReadAllText(key));
    }

    [Theory]
    [InlineData(true, UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(false, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)]
    public void WhatIsWritten_IsForItsOwnerAlone_OnlyWhereItIsASecret(bool secret, UnixFileMode mode)
    {
        ArtifactFile.Write(_folder.File("key"), "text"u8, secret);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.File("key")) == mode);
        Assert.Equal("key", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder.Path))));
    }
}
