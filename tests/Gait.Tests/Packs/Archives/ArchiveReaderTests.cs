using System.IO.Compression;
using System.Text;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;

namespace Gateway.Gait.Tests.Packs.Archives;

/// <summary>ZIP files that lie.</summary>
public sealed class ArchiveReaderTests
{
    private static readonly byte[] Good = ArchiveWriter.Write([new("a.txt", "aaaa"u8.ToArray()), new("b.txt", "bbbb"u8.ToArray())]);

    [Fact]
    public void Members_ComeBackAsTheyWere()
    {
        var members = ArchiveReader.Read(Good);
        Assert.Equal(["a.txt", "b.txt"], members.Select(member => member.Name));
        Assert.Equal("bbbb"u8.ToArray(), members[1].Content.ToArray());
    }

    [Fact]
    public void Archive_IsReadByOthers()
    {
        using var zip = new ZipArchive(new MemoryStream(Good), ZipArchiveMode.Read);
        Assert.Equal(["a.txt", "b.txt"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(new DateTime(1980, 1, 1), zip.Entries[0].LastWriteTime.DateTime);
        using var reader = new StreamReader(zip.Entries[1].Open());
        Assert.Equal("bbbb", reader.ReadToEnd());
    }

    [Fact]
    public void Members_InAnyOrder_GiveTheSameBytes() =>
        Assert.Equal(Good, ArchiveWriter.Write([new("b.txt", "bbbb"u8.ToArray()), new("a.txt", "aaaa"u8.ToArray())]));

    [Theory]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("é")]
    [InlineData("")]
    public void Name_ThatLeadsOut_IsNeverWritten(string name) =>
        Assert.Throws<ArgumentException>(() => ArchiveWriter.Write([new(name, default)]));

    [Theory]
    [InlineData("../.x", ProblemCodes.PathRefused)]
    [InlineData("/.txt", ProblemCodes.PathRefused)]
    [InlineData("a\\txt", ProblemCodes.PathRefused)]
    [InlineData("b.txt", ProblemCodes.Duplicate)]
    [InlineData("c.txt", ProblemCodes.Malformed)]
    public void Name_ThatIsRefused_IsToldApart(string name, string code)
    {
        var renamed = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Good).Replace("a.txt", name, StringComparison.Ordinal));
        Assert.Equal(code, Refused(renamed).Code);
    }

    [Fact]
    public void CutOff_Anywhere_IsRefused()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            Refused(Good[..length]);
        }

        Assert.Equal(ProblemCodes.Truncated, Refused(Good[..^1]).Code);
    }

    [Fact]
    public void SomethingBeforeBetweenOrBehind_IsRefused()
    {
        Refused([0, .. Good]);
        Refused([.. Good, 0]);
        Refused([.. Good[..39], 0, .. Good[39..]]);
    }

    [Fact]
    public void CompressedMember_OfAStreamingWriter_IsReadWithItsDescriptor()
    {
        var archive = Deflated("aaaaaaaaaaaaaaaaaaaaaaaa"u8, descriptor: true);
        Assert.Equal("aaaaaaaaaaaaaaaaaaaaaaaa", Encoding.ASCII.GetString(ArchiveReader.Read(archive)[0].Content.Span));
        for (var at = 0; at < archive.Length; at++)
        {
            var changed = (byte[])archive.Clone();
            changed[at] ^= 0xFF;
            Refused(changed);
        }
    }

    [Fact]
    public void DataBehindTheEndOfACompressedStream_IsRefused() => Refused(Deflated("aaaaaaaaaaaa"u8, descriptor: false, behind: [0]));

    [Fact]
    public void CompressedStream_CutOff_IsRefused() => Refused(Deflated("aaaaaaaaaaaa"u8, descriptor: false, cut: 1));

    [Fact]
    public void Bomb_IsRefusedBeforeItIsUnpacked()
    {
        var problem = Refused(Deflated(new byte[64 * 1024 * 1024], descriptor: false));
        Assert.Equal(ProblemCodes.TooLarge, problem.Code);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(Deflated("x"u8, descriptor: false, claimed: 99 * 1024 * 1024));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Member_ThatGivesMoreThanItSays_IsRefused() => Refused(Deflated(new byte[1000], descriptor: false, claimed: 10));

    private static ArtifactProblem Refused(byte[] archive) =>
        Assert.Throws<ArtifactRefusedException>(() => ArchiveReader.Read(archive)).Problem;

    /// <summary>One compressed member, as another program writes it.</summary>
    private static byte[] Deflated(ReadOnlySpan<byte> content, bool descriptor, byte[]? behind = null, int cut = 0, int? claimed = null)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        byte[] data = [.. packed.ToArray()[..^cut], .. behind ?? []];
        var (crc, size, name) = (System.IO.Hashing.Crc32.HashToUInt32(content), (uint)(claimed ?? content.Length), "m.txt"u8.ToArray());
        using var output = new MemoryStream();
        using var writer = new BinaryWriter(output);
        var flags = (ushort)(descriptor ? 8 : 0);
        writer.Write(0x04034b50u);
        Common(writer, flags, descriptor ? 0 : crc, descriptor ? 0 : (uint)data.Length, descriptor ? 0 : size, (ushort)name.Length);
        writer.Write(name);
        writer.Write(data);
        if (descriptor)
        {
            writer.Write(0x08074b50u);
            writer.Write(crc);
            writer.Write((uint)data.Length);
            writer.Write(size);
        }

        var directory = (uint)output.Length;
        writer.Write(0x02014b50u);
        writer.Write((ushort)0x0314);
        Common(writer, flags, crc, (uint)data.Length, size, (ushort)name.Length);
        writer.Write(new byte[6]);
        writer.Write(0x81A40000u);
        writer.Write(0u);
        writer.Write(name);
        var length = (uint)output.Length - directory;
        writer.Write(0x06054b50u);
        writer.Write(0u);
        writer.Write((ushort)1);
        writer.Write((ushort)1);
        writer.Write(length);
        writer.Write(directory);
        writer.Write((ushort)0);
        return output.ToArray();
    }

    private static void Common(BinaryWriter writer, ushort flags, uint crc, uint packed, uint size, ushort name)
    {
        writer.Write((ushort)20);
        writer.Write(flags);
        writer.Write((ushort)8);
        writer.Write((ushort)0);
        writer.Write((ushort)0x21);
        writer.Write(crc);
        writer.Write(packed);
        writer.Write(size);
        writer.Write(name);
        writer.Write((ushort)0);
    }
}
