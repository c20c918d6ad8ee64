// Sliders for figures. The numbers were computed by `vdm` when the book was built
// and stand beside the figure; this script only shows the chosen ones. Without it
// the figure stays as it was drawn.
(function () {
    'use strict';

    function button(text, label) {
        var made = document.createElement('button');
        made.type = 'button';
        made.textContent = text;
        made.setAttribute('aria-label', label);
        return made;
    }

    function enhance(script, number) {
        var figure = script.closest('.figure-panels');
        var data = JSON.parse(script.textContent);
        var id = 'figure-slider-' + number;

        // Which element each move belongs to, looked up once.
        var marks = data.moves.map(function (move) {
            return figure.querySelector('[data-part="' + move[0] + '"]');
        });

        var label = document.createElement('label');
        label.htmlFor = id;
        label.textContent = data.label;
        var slider = document.createElement('input');
        slider.type = 'range';
        slider.id = id;
        slider.min = 0;
        slider.max = data.frames.length - 1;
        slider.step = 1;
        slider.value = data.start;
        var less = button('−', 'Smaller: ' + data.label);
        var more = button('+', 'Larger: ' + data.label);
        var reading = document.createElement('output');
        reading.htmlFor = id;

        function show() {
            var frame = data.frames[slider.valueAsNumber];
            data.moves.forEach(function (move, i) {
                if (!marks[i]) { return; }
                if (move[1] === 'text') {
                    marks[i].textContent = frame.set[i];
                } else {
                    marks[i].setAttribute(move[1], frame.set[i]);
                }
            });
            reading.textContent = frame.say;
        }

        function say() {
            slider.setAttribute('aria-valuetext', data.frames[slider.valueAsNumber].say);
        }

        function step(by) {
            // The focus stays on the button, so the reading itself has to speak.
            reading.setAttribute('aria-live', 'polite');
            slider.value = slider.valueAsNumber + by;
            figure.classList.add('figure-moved');
            show();
            say();
        }

        slider.addEventListener('input', function () {
            // The slider says its own value, once it is released.
            reading.setAttribute('aria-live', 'off');
            figure.classList.add('figure-moved');
            show();
        });
        slider.addEventListener('change', say);
        less.addEventListener('click', function () { step(-1); });
        more.addEventListener('click', function () { step(1); });

        var row = document.createElement('div');
        row.className = 'figure-slider';
        row.append(less, slider, more);
        var control = document.createElement('div');
        control.className = 'figure-control';
        control.append(label, row, reading);
        // The book turns its pages on arrow keys, buttons included.
        control.addEventListener('keydown', function (event) {
            if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
                event.stopPropagation();
            }
        });
        figure.append(control);
        reading.setAttribute('aria-live', 'off');
        reading.textContent = data.frames[data.start].say;
        say();
    }

    function start() {
        document.querySelectorAll('script.figure-frames').forEach(function (script, number) {
            try {
                enhance(script, number + 1);
            } catch (error) {
                // One broken figure must not take the others with it.
                console.error('figure', script, error);
            }
        });
    }

    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', start);
    } else {
        start();
    }
})();
