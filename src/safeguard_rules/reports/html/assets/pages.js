// Search within the page, and folded parts that open for printing. Nothing is fetched and nothing is sent.
(function () {
  'use strict';

  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details:not([open])').forEach(function (each) {
      each.setAttribute('open', '');
      each.setAttribute('data-opened-for-print', '');
    });
  });
  window.addEventListener('afterprint', function () {
    document.querySelectorAll('[data-opened-for-print]').forEach(function (each) {
      each.removeAttribute('open');
      each.removeAttribute('data-opened-for-print');
    });
  });

  var form = document.getElementById('search');
  if (!form) return;
  var field = document.getElementById('q');
  var told = document.getElementById('found');
  var groups = Array.from(document.querySelectorAll('.rules-group'), function (group) {
    var entries = Array.from(group.querySelectorAll('li'), function (entry) {
      return { entry: entry, text: folded(entry.textContent) };
    });
    return { group: group, count: group.querySelector('.rules-group__count'), entries: entries };
  });

  function folded(text) {
    return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[\u2018\u2019]/g, "'").toLowerCase();
  }

  function show() {
    var words = folded(field.value).split(/\s+/).filter(Boolean);
    var sum = 0;
    groups.forEach(function (each) {
      var here = 0;
      each.entries.forEach(function (one) {
        var fits = words.every(function (word) { return one.text.includes(word); });
        one.entry.hidden = !fits;
        if (fits) here += 1;
      });
      each.count.textContent = String(here);
      each.group.hidden = here === 0;
      sum += here;
    });
    told.textContent = words.length ? result(sum) : told.getAttribute('data-all');
  }

  function result(sum) {
    if (sum === 0) return 'Nothing here has these words. That says nothing about what guidance holds: try other words.';
    return sum + (sum === 1 ? ' entry has' : ' entries have') + ' these words.';
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    show();
  });
  field.addEventListener('input', show);
  field.value = new URLSearchParams(window.location.search).get('q') || '';
  show();
})();
