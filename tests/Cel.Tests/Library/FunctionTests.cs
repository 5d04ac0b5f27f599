namespace Gateway.Cel.Tests.Library;

/// <summary>The functions by examples, beside the published cases, which have few or none of these.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("[1, 2, 3, 4].slice(1, 3) == [2, 3] && [1].slice(1, 1) == []")]
    [InlineData("[1, [2, [3]]].flatten() == [1, 2, [3]] && [1, [2, [3]]].flatten(2) == [1, 2, 3] && [[1]].flatten(0) == [[1]]")]
    [InlineData("[1, 1.0, 1u, 'a', 'a'].distinct() == [1, 'a']")]
    [InlineData("[3, 1, 2].sort() == [1, 2, 3] && ['b', 'a'].sort() == ['a', 'b'] && [].sort() == []")]
    [InlineData("['ccc', 'a', 'bb'].sortBy(x, size(x)) == ['a', 'bb', 'ccc']")]
    [InlineData("lists.range(3) == [0, 1, 2] && lists.range(0) == [] && [1, 2].reverse() == [2, 1]")]
    [InlineData("[1, 2].first().value() == 1 && [1, 2].last().value() == 2 && ![].first().hasValue()")]
    [InlineData("sets.contains([1, 2.0, 3u], [1.0, 2u, 3]) && sets.contains([], []) && !sets.contains([], [1])")]
    [InlineData(
        "sets.equivalent([1], [1, 1]) && !sets.equivalent([1], [1, 2]) && sets.intersects([1], [1, 2]) && !sets.intersects([1], [])"
    )]
    [InlineData("optional.unwrap([optional.of(1), optional.none()]) == [1] && [optional.none(), optional.of(2)].unwrapOpt() == [2]")]
    [InlineData("optional.of(1).orValue(1 / 0) == 1 && optional.of(1).or(optional.of(1 / 0)).value() == 1")]
    [InlineData("cel.bind(x, 1 / 0, true)")]
    [InlineData("math.sqrt(16) == 4.0 && math.sign(-2) == -1 && math.abs(-2.5) == 2.5 && math.isInf(1.0 / 0.0)")]
    [InlineData("math.round(-1.5) == -2.0 && math.round(2.5) == 3.0 && math.trunc(-1.9) == -1.0")]
    [InlineData("math.bitShiftRight(-1, 63) == 1 && math.bitShiftLeft(1, 64) == 0 && math.bitNot(0) == -1")]
    [InlineData(
        "'hello'.charAt(5) == '' && '😀b'.charAt(0) == '😀' && '😀b'.indexOf('b') == 1 && 'a😀b'.substring(1, 2) == '😀' && size('😀') == 1"
    )]
    [InlineData("'hello hello'.replace('he', 'we', 1) == 'wello hello' && 'ab'.replace('', '-') == '-a-b-'")]
    [InlineData("'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a😀'.split('') == ['a', '😀'] && 'x'.split(',') == ['x'] && ''.split('') == []")]
    [InlineData("'😀a'.reverse() == 'a😀' && 'AÉ'.lowerAscii() == 'aÉ'")]
    [InlineData("'%.0f %.0f %.1f %.2e'.format([0.5, 1.5, 0.25, 12345.0]) == '0 2 0.2 1.23e+04'")]
    [InlineData("'%e %e'.format([0.0, -1e-7]) == '0.000000e+00 -1.000000e-07' && '%x %o %b'.format([-255, 8, -5]) == '-ff 10 -101'")]
    [InlineData(
        "string(1e21) == '1e+21' && string(123456789.0) == '123456789' && string(1e-7) == '1e-07' && string(-0.0) == '-0' "
            + "&& string(1e23) == '1e+23' && string(0.00012) == '0.00012'"
    )]
    [InlineData("string(duration('-1.5s')) == '-1.5s' && duration('1h30m') == duration('90m') && duration('1.5ms') == duration('1500us')")]
    [InlineData(
        "string(timestamp('2026-02-03T04:05:06.5+02:00')) == '2026-02-03T02:05:06.5Z' && timestamp(0) == timestamp('1970-01-01T00:00:00Z')"
    )]
    [InlineData(
        "timestamp('2026-07-01T00:30:00Z').getHours('Europe/Berlin') == 2 "
            + "&& timestamp('2026-01-01T00:30:00Z').getHours('Europe/Berlin') == 1"
    )]
    [InlineData("duration('123.321456789s').getMilliseconds() == 321")]
    [InlineData("base64.encode(b'hello') == 'aGVsbG8=' && base64.decode('') == b''")]
    [InlineData("{'a': 1}.transformMapEntry(k, v, {string(v): k}) == {'1': 'a'}")]
    [InlineData(
        "ip('::ffff:c0a8:1') == ip('192.168.0.1') && cidr('10.0.0.0/8').containsIP('::ffff:0a01:0203') && ip('::ffff:a00:1').family() == 4"
    )]
    [InlineData(
        "string(ip('2001:0DB8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1' && !isIP('010.0.0.1') "
            + "&& !isIP('1.2.3') && !isIP('0x7f.0.0.1') && !isCIDR('10.0.0.0/33')"
    )]
    [InlineData("{'a': 1}[?'b'].orValue(2) == 2 && {'a': 1}['a'] == 1 && [1][?5].orValue(0) == 0")]
    [InlineData("'a' < 'b' && '\\uFFFF' < '😀' && b'a' < b'b' && 1 < 1.5 && 2u > 1")]
    [InlineData("dyn(1) == 1u && dyn([1]) == [1.0] && dyn({1: 'a'}) == {1u: 'a'} && dyn(1) != 'a'")]
    public void Function_OfExamples_Holds(string text)
    {
        var result = Conditions.Evaluate(text);

        Assert.True(result.IsTrue, result.Error?.ToString());
    }

    [Theory]
    [InlineData("[1, 'a'].sort()")]
    [InlineData("[1].slice(0, 2)")]
    [InlineData("lists.range(-1)")]
    [InlineData("optional.none().value()")]
    [InlineData("math.greatest([])")]
    [InlineData("'abc'.charAt(4)")]
    [InlineData("'%.101f'.format([1.0])")]
    [InlineData("'%'.format([])")]
    [InlineData("base64.decode('a')")]
    [InlineData("base64.decode('aGVs bG8=')")]
    [InlineData("timestamp('2026-02-30T00:00:00Z')")]
    [InlineData("timestamp('2026-01-01')")]
    [InlineData("timestamp('2026-01-01T00:00:00')")]
    [InlineData("timestamp('2026-01-01T00:00:00.Z')")]
    [InlineData("timestamp('2026-01-01T00:00:00.1234567890Z')")]
    [InlineData("timestamp('2026-01-01T00:00:00+2:00')")]
    [InlineData("timestamp('2026-01-01T00:00:00+24:00')")]
    [InlineData("timestamp(' 2026-01-01T00:00:00Z')")]
    [InlineData("timestamp('0001-01-01T00:00:00+01:00')")]
    [InlineData("timestamp('2026-01-01T00:00:00Z').getHours('../../etc/passwd')")]
    [InlineData("timestamp('0001-01-01T00:00:00Z').getHours('-01:00')")]
    [InlineData("duration('1')")]
    [InlineData("int('1.5')")]
    [InlineData("int(' 1')")]
    [InlineData("double('1e999')")]
    [InlineData("int(9223372036854775807.0)")]
    [InlineData("string(b'\\xff')")]
    [InlineData("{'a': 1, 'a': 2}")]
    [InlineData("[1].transformMapEntry(i, v, {'a': 1}).b")]
    [InlineData("[1, 2].transformMapEntry(i, v, {'a': 1})")]
    [InlineData("(-9223372036854775807 - 1) % -1")]
    public void Function_OutsideWhatItTakes_IsAnError(string text) => Assert.False(Conditions.Evaluate(text).IsSuccess);
}
